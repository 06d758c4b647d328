import { assertNever } from '../../shared/result.ts';
import type { Glance } from '../../shared/state/glance.ts';
import type { Tone } from './tone.ts';

/** The colour of what holds now. Green is only for what was seen to be well: never for what can't be checked. */
export function glanceTone(glance: Glance): Tone {
  switch (glance.kind) {
    case 'error':
    case 'auth-failed':
      return 'bad';
    case 'review':
    case 'not-loaded':
      return 'warn';
    case 'syncing':
    case 'empty':
      return 'info';
    case 'synced':
      return glance.proxy?.state === 'loaded' && glance.profiles > 0 ? 'good' : 'neutral';
    case 'starting':
    case 'offline':
    case 'paused':
    case 'auto-sync-off':
    case 'released':
      return 'neutral';
    default:
      return assertNever(glance);
  }
}
