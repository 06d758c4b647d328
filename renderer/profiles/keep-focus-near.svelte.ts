/**
 * Keeps the focus in a part of the page when what had it goes: a button that has done its work leaves with its notice.
 * The focus then is on the part's heading. To be called while a component is made. `changes`: what makes things go.
 */
export function keepFocusNear(part: () => HTMLElement | undefined, changes: () => unknown): void {
  let isHere = false;

  $effect(() => {
    const follow = ({ target }: FocusEvent): void => {
      isHere = target instanceof Node && part()?.contains(target) === true;
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
