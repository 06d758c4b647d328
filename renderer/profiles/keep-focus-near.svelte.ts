/**
 * Keeps the focus in a part of the page when what had it goes: a button that has done its work leaves with its notice.
 * The focus then is on the part's heading. A dialog that came up from it counts as part of it. To be called while a component is made. `changes`: what makes things go.
 */
export function keepFocusNear(part: () => HTMLElement | undefined, changes: () => unknown): void {
  let isHere = false;

  $effect(() => {
    const follow = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element)) return;
      if (part()?.contains(target) === true) isHere = true;
      else if (target.closest('[role="dialog"]') === null) isHere = false;
    };
    document.addEventListener('focusin', follow);
    return () => document.removeEventListener('focusin', follow);
  });
  $effect(() => {
    changes();
    if (!isHere) return;
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return;
      part()?.querySelector<HTMLElement>('[tabindex="-1"]')?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  });
}
