/**
 * Puts the focus where the keys work in the view that just came up: on its list, else on the view itself. Not where a
 * dialog has come up with it, which has the focus.
 */
export function focusView(): void {
  if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
  const list = document.querySelector<HTMLElement>('main [data-first-focus]');
  (list ?? document.getElementById('content'))?.focus({ preventScroll: true });
}
