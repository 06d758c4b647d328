import { assertNever } from '../../../shared/result.ts';
import type { SyncReport } from '../../../shared/schema/sync.ts';

/** Whether a sync left its target in line: it wrote what was to be written, or found nothing to do. */
export function endedWell(outcome: SyncReport['outcome']): boolean {
  switch (outcome) {
    case 'in-sync':
    case 'written':
    case 'adopted':
      return true;
    case 'planned':
    case 'needs-consent':
    case 'released':
      return false;
    default:
      return assertNever(outcome);
  }
}
