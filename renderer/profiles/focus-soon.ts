/**
 * Puts the focus on an element once it stands, after the frame in which a dialog takes the focus for itself and remembers
 * where it came from. What a field has is selected, so that typing replaces it. For `{@attach}`.
 */
export function focusSoon(element: HTMLElement): () => void {
  const frame = requestAnimationFrame(() => {
    element.focus();
    if (element instanceof HTMLInputElement) element.select();
  });
  return () => cancelAnimationFrame(frame);
}
