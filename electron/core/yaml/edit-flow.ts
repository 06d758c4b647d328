import { insertion, removals, type Splice } from './splice.ts';
import { columnOf, lineBreak, lineEnd, lineStart } from './text-lines.ts';

/** A flow list or mapping, seen as parts between commas. */
export interface FlowCollection {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly { readonly start: number; readonly end: number }[];
  readonly commas: readonly number[];
}

export interface FlowChange {
  /** Which parts go. */
  readonly removed: ReadonlySet<number>;
  /** Flow text of what comes at the end. */
  readonly added: readonly string[];
}

/**
 * Takes parts out of a flow collection and puts others at its end. A trailing comma stays one, parts on lines of
 * their own go with their line, and comments stay where they are. Taking out what was added gives the old text.
 */
export function editFlow(
  source: { text: string; eol: string },
  flow: FlowCollection,
  change: FlowChange,
): Splice[] {
  let kept = flow.parts.length - 1;
  while (change.removed.has(kept)) kept--;
  const removed = removals(removedRanges(source.text, flow, { ...change, kept }));
  return [...removed, ...appended(source, flow, { added: change.added, kept })];
}

type Removal = FlowChange & { readonly kept: number };

function removedRanges(
  text: string,
  flow: FlowCollection,
  { removed, added, kept }: Removal,
): [number, number][] {
  const ranges: [number, number][] = [];
  const last = flow.parts.length - 1;
  const hasTrailingComma = flow.commas[last] !== undefined;
  for (const index of removed) {
    const part = flow.parts[index];
    if (part === undefined) throw new Error(`No part ${index} to remove`);
    const comma = flow.commas[index];
    if (comma !== undefined) ranges.push([comma, comma + 1]);
    const next = flow.parts[index + 1];
    if (standsAlone(text, part, comma)) {
      ranges.push([
        lineStart(text, part.start),
        lineEnd(text, Math.max(part.end, commaOnLine(text, part, comma))),
      ]);
    } else if (next !== undefined && isBlankOrComma(text.slice(part.end, next.start))) {
      ranges.push([part.start, next.start]);
    } else ranges.push([part.start, part.end]);
  }
  if (kept < 0 || kept === last || added.length > 0) return ranges;
  const comma = flow.commas[kept];
  const end = flow.parts[last];
  if (comma === undefined || end === undefined) return ranges;
  // The last part that stays has a comma after it now only if the last one of all had.
  const from = hasTrailingComma ? comma + 1 : comma;
  const inline = !standsAlone(text, end, flow.commas[last]) && onlyCommasBetween(text, flow, kept);
  ranges.push([from, inline ? end.end : comma + 1]);
  return ranges;
}

function appended(
  { text, eol }: { text: string; eol: string },
  flow: FlowCollection,
  { added, kept }: { added: readonly string[]; kept: number },
): Splice[] {
  const last = flow.parts[kept];
  if (added.length === 0) return [];
  const parts = added.map((part) => part.replaceAll('\n', eol));
  if (last === undefined) return [insertion(flow.start + 1, parts.join(', '))];
  const hasTrailingComma = flow.commas[flow.parts.length - 1] !== undefined;
  const comma = flow.commas[kept];
  const splices = comma === undefined ? [insertion(last.end, ',')] : [];
  const base = comma === undefined ? last.end : Math.max(last.end, comma + 1);
  const rest = text.slice(base, lineBreak(text, base));
  const endsLine = /^\s*(?:#.*)?$/.test(rest);
  const startsLine = isBlank(text.slice(lineStart(text, last.start), last.start));
  const newLine = startsLine || (endsLine && rest.includes('#'));
  const lead = newLine ? eol + ' '.repeat(columnOf(text, last.start)) : ' ';
  const ending = hasTrailingComma ? ',' : '';
  const insert = lead + parts.join(`,${lead}`) + ending;
  return [...splices, insertion(newLine && endsLine ? lineBreak(text, base) : base, insert)];
}

/** Whether nothing else stands on a part's lines, except its comma and a comment at the end. */
function standsAlone(text: string, part: { start: number; end: number }, comma: number | undefined): boolean {
  if (!isBlank(text.slice(lineStart(text, part.start), part.start))) return false;
  const after = Math.max(part.end, commaOnLine(text, part, comma));
  return /^\s*(?:\s#.*)?$/.test(text.slice(after, lineBreak(text, after)));
}

function commaOnLine(text: string, part: { end: number }, comma: number | undefined): number {
  return comma !== undefined && comma < lineBreak(text, part.end) ? comma + 1 : part.end;
}

/** Whether no comment stands between the parts from this one on. */
function onlyCommasBetween(text: string, { parts }: FlowCollection, from: number): boolean {
  return parts.every((part, index) => {
    const next = parts[index + 1];
    return index < from || next === undefined || isBlankOrComma(text.slice(part.end, next.start));
  });
}

function isBlank(text: string): boolean {
  return /^\s*$/.test(text);
}

function isBlankOrComma(text: string): boolean {
  return /^[\s,]*$/.test(text);
}
