import type { ProfileStatus } from '../../shared/schema/status.ts';
import type { GroupName, ProfileGroup } from './profile-groups.ts';

/** One row of the list, as it is drawn: groups and their profiles in one sequence, so that only what is seen is made. */
export type ListRow =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly group: GroupName;
      readonly count: number;
      readonly isOpen: boolean;
    }
  | {
      readonly kind: 'profile';
      readonly id: string;
      readonly profile: ProfileStatus;
      /** Its place in its group, from 1, and how many the group has. */
      readonly position: number;
      readonly of: number;
    };

/** The rows of these groups; a group that is closed shows only its head. */
export function listRows(
  groups: readonly ProfileGroup[],
  isOpen: (group: GroupName) => boolean,
): readonly ListRow[] {
  return groups.flatMap(({ name, profiles }) => {
    const head: ListRow = {
      kind: 'group',
      id: rowOfGroup(name),
      group: name,
      count: profiles.length,
      isOpen: isOpen(name),
    };
    if (!head.isOpen) return [head];
    const members = profiles.map((profile, index): ListRow => ({
      kind: 'profile',
      id: rowOfProfile(profile.name),
      profile,
      position: index + 1,
      of: profiles.length,
    }));
    return [head, ...members];
  });
}

export function rowOfProfile(name: string): string {
  return `profile ${name}`;
}

function rowOfGroup(name: GroupName): string {
  return `group ${name}`;
}

/** Keys that go to another row, and how far; a page is ten rows. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** Where a key leads from a row, as an index; null for keys that lead nowhere. `from` -1: nothing is active yet. */
export function stepFrom(rows: readonly ListRow[], from: number, key: string): number | null {
  const step = STEPS[key];
  if (step === undefined || rows.length === 0) return null;
  const start = from === -1 && step > 0 ? -1 : Math.max(from, 0);
  return Math.min(Math.max(start + step, 0), rows.length - 1);
}

/**
 * The next profile whose name begins with what was typed, from the active row on and around; null where there is
 * none. Typing on keeps to a row that still fits.
 */
export function typeAhead(rows: readonly ListRow[], from: number, typed: string): number | null {
  const wanted = typed.toLocaleLowerCase();
  const [, letter = ''] = /^(.)\1*$/u.exec(wanted) ?? [];
  const isRepeat = letter !== '';
  const prefix = isRepeat ? letter : wanted;
  const first = isRepeat ? from + 1 : Math.max(from, 0);
  for (let step = 0; step < rows.length; step += 1) {
    const index = (first + step) % rows.length;
    const row = rows[index];
    if (row?.kind === 'profile' && row.profile.name.toLocaleLowerCase().startsWith(prefix)) return index;
  }
  return null;
}

/** The profile to go to when one is gone: the next of the list, else the one before; null where none is left. */
export function neighbourOf(rows: readonly ListRow[], name: string): string | null {
  const names = rows.flatMap((row) => (row.kind === 'profile' ? [row.profile.name] : []));
  const index = names.indexOf(name);
  return index === -1 ? null : (names[index + 1] ?? names[index - 1] ?? null);
}
