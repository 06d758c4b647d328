import { assertNever } from '../result.ts';
import type { OperationView } from '../schema/plan.ts';
import type { SkipCode } from '../schema/skip.ts';
import * as m from './generated/messages.js';
import { wordsOf, type WordTable } from './word-table.ts';

/**
 * One operation as a row of a list: `remove glm: its file is gone`. It starts in lower case, to follow the sign
 * that stands before it (`+`, `-`, `~`).
 */
export function describeOperation(view: OperationView): string {
  const operation = operationWords(view);
  const why = whyWords(view);
  return why === null ? operation : m.operation_because({ operation, why });
}

function operationWords({ op, profile, prefix, line, why }: OperationView): string {
  switch (op) {
    case 'add':
      return m.operation_add({ profile });
    case 'update':
      return m.operation_update({ profile });
    case 'adopt':
      return m.operation_adopt({ profile });
    case 'remove':
      return m.operation_remove({ profile });
    case 'leave':
      return m.operation_leave({ profile });
    case 'review':
      return m.operation_review({ profile });
    case 'restore':
      if (why === 'fields-lost') return m.operation_restore_fields({ line: line ?? '' });
      if (profile !== '') return m.operation_restore({ profile });
      return prefix === ''
        ? m.operation_restore_entry_without_prefix()
        : m.operation_restore_entry({ prefix });
    default:
      return assertNever(op);
  }
}

/** Null where the operation says it all. */
function whyWords({ op, why }: OperationView): string | null {
  if (op === 'add' && why === 'profile') return null;
  if (op === 'add' && why === 'drift') return m.why_added_again();
  return wordsOf(WHYS, why) ?? wordsOf(SKIPS, why);
}

/** The causes of electron/core/plan/operation.ts, and those that undo and restoration give. */
const WHYS: WordTable = {
  profile: () => m.why_profile(),
  drift: () => m.why_drift(),
  rename: () => m.why_rename(),
  'take-over': () => m.why_take_over(),
  'written-by-ccs': () => m.why_written_by_ccs(),
  'profile-gone': () => m.why_profile_gone(),
  released: () => m.why_released(),
  'key-differs': () => m.why_key_differs(),
  'changed-by-hand': () => m.why_changed_by_hand(),
  'users-own': () => m.why_users_own(),
  held: () => m.why_held(),
  'world-unknown': () => m.why_world_unknown(),
  undo: () => m.why_undo(),
};

/** Why an entry goes: its profile is no longer synced. */
const SKIPS: Readonly<Record<SkipCode, () => string>> = {
  'default-login': () => m.why_default_login(),
  excluded: () => m.why_excluded(),
  'not-chosen': () => m.why_not_chosen(),
  'other-target': () => m.why_other_target(),
  'missing-file': () => m.why_missing_file(),
  unreadable: () => m.why_unreadable(),
  'proxy-loop': () => m.why_proxy_loop(),
  'ccs-internal': () => m.why_ccs_internal(),
  copy: () => m.why_copy(),
  'missing-token': () => m.why_missing_token(),
  placeholder: () => m.why_placeholder(),
  'invalid-token': () => m.why_invalid_token(),
  'invalid-name': () => m.why_invalid_name(),
  'duplicate-prefix': () => m.why_duplicate_prefix(),
  'prefix-taken': () => m.why_prefix_taken(),
};
