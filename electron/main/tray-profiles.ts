import { assertNever } from '../../shared/result.ts';
import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { describeSkip } from '../../shared/words/describe-skip.ts';
import * as m from '../../shared/words/generated/messages.js';
import { menuText, opening, SEPARATOR, type TrayRow } from './tray-row.ts';

/** A menu that is longer is no shortcut any more. */
const SHOWN_AT_MOST = 12;

/**
 * The profiles, those that need somebody first; each opens in the window. The window shows all of them, those that
 * are not for this proxy too, which nobody looks for here.
 */
export function profileRows(profiles: readonly ProfileStatus[]): readonly TrayRow[] {
  const listed = profiles.filter((profile) => rankOf(profile) !== null);
  const shown = [...listed].sort((a, b) => (rankOf(a) ?? 0) - (rankOf(b) ?? 0)).slice(0, SHOWN_AT_MOST);
  const rows = shown.map((profile) => opening(labelOf(profile), { view: 'profiles', name: profile.name }));
  const none: TrayRow = { kind: 'label', label: menuText(m.change_empty()) };
  const all = opening(m.tray_show_all(), { view: 'profiles', name: null });
  return [...(rows.length === 0 ? [none] : rows), SEPARATOR, all];
}

/** Null where it is not for this proxy. */
function rankOf({ state, reason }: ProfileStatus): number | null {
  switch (state) {
    case 'skipped':
      return reason !== null && skipGroup(reason.code) === 'needs-you' ? 0 : null;
    case 'review':
      return 1;
    case 'pending':
      return 2;
    case 'held':
      return 3;
    case 'synced':
    case 'unknown':
      return 4;
    default:
      return assertNever(state);
  }
}

function labelOf({ name, state, reason }: ProfileStatus): string {
  switch (state) {
    case 'skipped':
      return reason === null ? name : m.tray_profile_noted({ name, note: describeSkip(reason, name).why });
    case 'review':
      return m.tray_profile_noted({ name, note: m.tray_profile_review() });
    case 'pending':
      return m.tray_profile_noted({ name, note: m.tray_profile_pending() });
    case 'held':
      return m.tray_profile_noted({ name, note: m.tray_profile_held() });
    case 'synced':
    case 'unknown':
      return name;
    default:
      return assertNever(state);
  }
}
