import { assertNever } from '../result.ts';
import type { HistoryEntry } from '../schema/history.ts';
import type { OperationView } from '../schema/plan.ts';
import * as m from './generated/messages.js';
import { listNames } from './list-names.ts';

type Told = 'add' | 'update' | 'rename' | 'adopt' | 'remove' | 'restore';

/** In this order, whatever order the operations have. */
const TOLD: Readonly<Record<Told, (names: string) => string>> = {
  add: (names) => m.history_added({ names }),
  update: (names) => m.history_updated({ names }),
  rename: (names) => m.history_renamed({ names }),
  adopt: (names) => m.history_adopted({ names }),
  remove: (names) => m.history_removed({ names }),
  restore: (names) => m.history_brought_back({ names }),
};

/**
 * What one change of the history did, in one line, as tray, Overview and History list it:
 * `Added glm and km · Removed hf`. What was left alone is not told.
 */
export function describeRecord({
  kind,
  undoes,
  operations,
}: Pick<HistoryEntry, 'kind' | 'undoes' | 'operations'>): string {
  if (undoes === 0) return m.history_restored_first();
  const what = describeOperations(operations);
  switch (kind) {
    case 'undo':
      // Of the same entries as the change that it took back: else the two read alike.
      return undoes === null || what === ''
        ? what || describeKind({ kind, undoes })
        : m.history_undid({ id: undoes, what });
    case 'sync':
    case 'restore':
      return what === '' ? m.history_no_entry_changed() : what;
    case 'release':
      return what === '' ? m.history_released_kept() : m.history_released({ what });
    case 'interrupted':
      return what === '' ? m.history_interrupted_kept() : m.history_meant({ what });
    default:
      return assertNever(kind);
  }
}

/** What kind of change it was. */
export function describeKind({ kind, undoes }: Pick<HistoryEntry, 'kind' | 'undoes'>): string {
  switch (kind) {
    case 'sync':
      return m.history_kind_sync();
    case 'undo':
      return undoes === null || undoes === 0
        ? m.history_kind_undo_all()
        : m.history_kind_undo({ id: undoes });
    case 'release':
      return m.history_kind_release();
    case 'restore':
      return m.history_kind_restore();
    case 'interrupted':
      return m.history_kind_interrupted();
    default:
      return assertNever(kind);
  }
}

function describeOperations(operations: HistoryEntry['operations']): string {
  return (Object.keys(TOLD) as Told[])
    .flatMap((op) => {
      const names = operations.filter((operation) => toldAs(operation) === op).map(nameOf);
      return names.length === 0 ? [] : [TOLD[op](listNames([...new Set(names)]))];
    })
    .join(' · ');
}

/** A prefix that a profile's own change replaces is made of its name; only a rename gives it another one. */
function toldAs({ op, why, diff }: OperationView): OperationView['op'] | 'rename' {
  const isRename = diff.some(({ field, before, after }) => {
    return field === 'prefix' && before !== null && after !== null;
  });
  return op === 'update' && why === 'profile' && isRename ? 'rename' : op;
}

/** The name that a person knows an entry by. */
function nameOf({ profile, prefix }: OperationView): string {
  return profile || prefix || m.history_entry_without_prefix();
}
