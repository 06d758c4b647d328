import { type ListRow, stepFrom, typeAhead } from './list-rows.ts';
import type { GroupName } from './profile-groups.ts';

/** A pause in typing after which a letter begins a new name, in milliseconds. */
const TYPING_MS = 700;

export interface TreeKeysOptions {
  readonly rows: () => readonly ListRow[];
  /** The index of the active row, -1 for none. */
  readonly active: () => number;
  readonly goTo: (index: number) => void;
  readonly act: (row: ListRow) => void;
  readonly toggle: (group: GroupName) => void;
  /** Gets what the tree has no use for; answers whether it was taken. `name`: of the active profile. */
  readonly other: (key: string, name: string | null) => boolean;
  /** Milliseconds on any clock that only goes forward. */
  readonly now: () => number;
}

/** What a key event of the browser's has; tests make it themselves. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'preventDefault'>;

/** The keys of a tree (WAI-ARIA Authoring Practices): arrows, Home, End, pages, Enter, and typing the start of a name. */
export function createTreeKeys(options: TreeKeysOptions): (event: KeyPress) => void {
  const { rows, active, goTo, act, toggle, other, now } = options;
  let typed = '';
  let typedAt = -Infinity;

  const sideways = (row: ListRow | undefined, key: string): void => {
    if (row === undefined) return;
    const isOut = key === 'ArrowRight';
    if (row.kind === 'group') {
      if (row.isOpen !== isOut) toggle(row.group);
      else if (isOut) goTo(active() + 1);
    } else if (!isOut) {
      goTo(groupBefore(rows(), active()));
    }
  };
  const type = (letter: string): void => {
    typed = now() - typedAt < TYPING_MS ? typed + letter : letter;
    typedAt = now();
    const found = typeAhead(rows(), active(), typed);
    if (found !== null) goTo(found);
  };
  return (event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows()[active()];
    const step = stepFrom(rows(), active(), key);
    if (step !== null) goTo(step);
    else if (key === 'ArrowLeft' || key === 'ArrowRight') sideways(row, key);
    else if ((key === 'Enter' || key === ' ') && row !== undefined) act(row);
    else if (!other(key, row?.kind === 'profile' ? row.profile.name : null)) {
      // Names of keys have several letters; a letter may be two code units.
      if (!/^\S$/u.test(key)) return;
      type(key);
    }
    event.preventDefault();
  };
}

/** The head under which a row stands. */
function groupBefore(rows: readonly ListRow[], index: number): number {
  let at = index;
  while (at > 0 && rows[at]?.kind !== 'group') at -= 1;
  return at;
}
