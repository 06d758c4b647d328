/** Brings the card of a target into sight, and the keys with it: what led here was about this one. */
export function showCard(id: string): void {
  requestAnimationFrame(() => {
    const card = document.getElementById(`target-${id}`);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  });
}
