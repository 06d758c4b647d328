import { isDeepStrictEqual } from 'node:util';
import type { WrittenList } from './dropped-fields.ts';

/**
 * Whether a list that was read again after a write is what the write made of it. Others may have changed it right
 * before or after: then it is neither what an undo may take back as a whole, nor proof that nothing is to do. The
 * server trims values, tells empty ones by turns, and may not know a field of the entries that were written
 * (`droppedFields`).
 */
export function isAsSent({ before, sent, kept }: WrittenList): boolean {
  if (kept.length !== sent.length) return false;
  const untouched = before.map(essence);
  return sent.every((entry, index) => {
    const [wanted, found] = [essence(entry), essence(kept[index])];
    if (isDeepStrictEqual(wanted, found)) return true;
    return !untouched.some((one) => isDeepStrictEqual(one, wanted)) && isPartOf(found, wanted);
  });
}

function isPartOf(part: unknown, whole: unknown): boolean {
  if (!isRecord(part) || !isRecord(whole)) return false;
  return Object.entries(part).every(([name, value]) => isDeepStrictEqual(value, whole[name]));
}

/** A value trimmed and without what is empty; undefined where nothing is left. */
function essence(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(essence);
  if (!isRecord(value)) return value ?? undefined;
  const fields = Object.entries(value).flatMap(([name, one]) => {
    const left = essence(one);
    return left === undefined ? [] : [[name, left] as const];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
