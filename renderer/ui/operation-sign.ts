import type { OperationView } from '../../shared/schema/plan.ts';
import type { Tone } from './tone.ts';

/** The sign before an operation, as git's diffs and the command line have it, and its colour. */
export function signOf({ op }: OperationView): { readonly text: string; readonly tone: Tone } {
  switch (op) {
    case 'add':
    case 'restore':
      return { text: '+', tone: 'good' };
    case 'remove':
      return { text: '-', tone: 'bad' };
    case 'update':
    case 'adopt':
      return { text: '~', tone: 'info' };
    case 'review':
      return { text: '?', tone: 'warn' };
    case 'leave':
      return { text: '·', tone: 'neutral' };
  }
}
