import { assertNever } from '../result.ts';
import type { HistoryEntry } from '../schema/history.ts';
import * as m from './generated/messages.js';
import { listNames } from './list-names.ts';

/** One change of the history in a few words, as tray and window list it: `Synced glm and km`. */
export function describeRecord({ kind, operations }: Pick<HistoryEntry, 'kind' | 'operations'>): string {
  const changed = operations.filter(({ op }) => op !== 'leave');
  const names = listNames(
    [...new Set(changed.map(({ profile, prefix }) => profile || prefix))].filter(Boolean),
  );
  switch (kind) {
    case 'sync':
      return names === '' ? m.tray_change_sync_only() : m.tray_change_sync({ names });
    case 'undo':
      return names === '' ? m.tray_change_undo_only() : m.tray_change_undo({ names });
    case 'restore':
      return names === '' ? m.tray_change_restore_only() : m.tray_change_restore({ names });
    case 'release':
      return m.tray_change_release();
    case 'interrupted':
      return m.tray_change_interrupted();
    default:
      return assertNever(kind);
  }
}
