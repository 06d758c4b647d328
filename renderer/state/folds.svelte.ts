/** Which groups of a list were folded or unfolded; it stays so while the window is open, whatever view comes between. */
export interface Folds {
  /** Undefined: as it stands by itself. */
  isOpen(group: string): boolean | undefined;
  set(group: string, isOpen: boolean): void;
}

export function createFolds(): Folds {
  let opened = $state.raw<Readonly<Record<string, boolean>>>({});
  return {
    isOpen: (group) => opened[group],
    set: (group, isOpen) => {
      opened = { ...opened, [group]: isOpen };
    },
  };
}
