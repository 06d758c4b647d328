import { UsageError } from './usage-error.ts';

/** A record's number as it was typed. */
export function recordId(text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) {
    throw new UsageError('a record’s ID is a whole number from 1');
  }
  return Number(text);
}
