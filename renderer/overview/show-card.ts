/** A dialog gives the focus back as it closes, in milliseconds. */
const AFTER_CLOSING_MS = 50;

/** Brings the card of a target into sight, and the keys with it: what led here was about this one. */
export function showCard(id: string): void {
  requestAnimationFrame(() => {
    const card = document.getElementById(`target-${id}`);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  });
}

/** A card is gone, and the focus with it: the one that stands in its place by now takes it, else the last. */
export function showNeighbour(at: number): void {
  setTimeout(() => {
    const cards = document.querySelectorAll<HTMLElement>('[id^="target-"]');
    cards[Math.min(at, cards.length - 1)]?.focus();
  }, AFTER_CLOSING_MS);
}
