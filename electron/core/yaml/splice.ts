/** One change of a text: at `offset`, `remove` characters go and `insert` comes. */
export interface Splice {
  readonly offset: number;
  readonly remove: number;
  readonly insert: string;
}

export function insertion(offset: number, insert: string): Splice {
  return { offset, remove: 0, insert };
}

export function replacement(start: number, end: number, insert: string): Splice {
  return { offset: start, remove: end - start, insert };
}

/**
 * Applies changes that all refer to the original text. Several insertions at one offset come in the order given,
 * before a removal that starts there. Overlapping changes are a bug and throw.
 */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort(
    (a, b) => a.offset - b.offset || Number(a.remove > 0) - Number(b.remove > 0),
  );
  const parts: string[] = [];
  let at = 0;
  for (const splice of ordered) {
    if (splice.offset < at) throw new Error(`Overlapping edits at offset ${splice.offset}`);
    parts.push(text.slice(at, splice.offset), splice.insert);
    at = splice.offset + splice.remove;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** Makes removals of ranges that may touch or overlap, as disjoint splices. */
export function removals(ranges: readonly (readonly [start: number, end: number])[]): Splice[] {
  const splices: Splice[] = [];
  let open: [number, number] | null = null;
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (open !== null && start <= open[1]) open[1] = Math.max(open[1], end);
    else {
      if (open !== null) splices.push(replacement(open[0], open[1], ''));
      open = [start, end];
    }
  }
  if (open !== null) splices.push(replacement(open[0], open[1], ''));
  return splices;
}
