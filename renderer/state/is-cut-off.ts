import type { Connection } from '../transport/http-transport.ts';

/** Whether the service can't be asked now: what is shown may be out of date, and nothing can be done from here. */
export function isCutOff(connection: Connection): boolean {
  return connection === 'lost' || connection === 'signed-out';
}
