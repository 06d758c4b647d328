import { createVirtualizer, defaultRangeExtractor, type SvelteVirtualizer } from '@tanstack/svelte-virtual';
import { untrack } from 'svelte';
import { get, type Readable } from 'svelte/store';

/** In pixels, as the styles of row and head have it. */
const ROW_HEIGHT = 48;
export const HEAD_HEIGHT = 32;

export interface ModelRowsOptions {
  /** What scrolls. */
  readonly element: () => HTMLElement | null;
  readonly count: () => number;
  /** The row that is named to screen readers by its id: there even when it is scrolled away; -1 for none. */
  readonly always: () => number;
}

/** Which rows of a long list are drawn. To be called while the component is made. */
export function createModelRows({
  element,
  count,
  always,
}: ModelRowsOptions): Readable<SvelteVirtualizer<HTMLElement, HTMLElement>> {
  const fixed = { getScrollElement: element, estimateSize: () => ROW_HEIGHT, overscan: 6 };
  const virtualizer = createVirtualizer<HTMLElement, HTMLElement>({ ...fixed, count: 0 });
  $effect(() => {
    const [rows, kept] = [count(), always()];
    // Setting them draws anew, which would be a reason to set them.
    untrack(() => {
      get(virtualizer).setOptions({
        ...fixed,
        count: rows,
        scrollMargin: HEAD_HEIGHT,
        scrollPaddingStart: HEAD_HEIGHT,
        rangeExtractor: (range) => {
          const seen = defaultRangeExtractor(range);
          return kept === -1 || seen.includes(kept) ? seen : [...seen, kept].sort((a, b) => a - b);
        },
      });
    });
  });
  return virtualizer;
}
