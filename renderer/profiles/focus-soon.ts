/**
 * Puts the focus on an element once it stands: after the frame in which a dialog takes the focus for itself, and
 * remembers where it came from. For `{@attach}`.
 */
export function focusSoon(element: HTMLElement): () => void {
  const frame = requestAnimationFrame(() => element.focus());
  return () => cancelAnimationFrame(frame);
}
