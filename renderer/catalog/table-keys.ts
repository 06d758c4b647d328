/** Keys that go to another row, and how far; a page is ten rows. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/** Where a key leads from row `from` (-1: none yet) of `count` rows; null where it leads nowhere. */
export function rowAfter(key: string, from: number, count: number): number | null {
  const step = STEPS[key];
  if (step === undefined || count === 0) return null;
  const start = from === -1 && step > 0 ? -1 : Math.max(from, 0);
  return Math.min(Math.max(start + step, 0), count - 1);
}
