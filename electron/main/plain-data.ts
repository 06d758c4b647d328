/** Nothing that the contract asks for is nested deeper. */
const MOST_DEPTH = 32;

/**
 * Whether a value is plain data (what JSON can say, and `undefined`) of at most `mostBytes`, counted about as JSON
 * writes it. Electron's clone also carries maps, buffers, dates and circles, which no input of the contract holds.
 */
export function isPlainData(value: unknown, mostBytes: number): boolean {
  return remainder(value, { bytes: mostBytes, depth: MOST_DEPTH }) >= 0;
}

/** The bytes that are left after this value; negative where it is too large, too deep, or not plain. */
function remainder(value: unknown, left: { readonly bytes: number; readonly depth: number }): number {
  const { bytes, depth } = left;
  if (bytes < 0 || depth < 0) return -1;
  switch (typeof value) {
    case 'string':
      // Never more characters than bytes: what is too long is not encoded first.
      return value.length > bytes ? -1 : bytes - Buffer.byteLength(value) - 2;
    case 'number':
    case 'boolean':
    case 'undefined':
      return bytes - 8;
    case 'object':
      return value === null ? bytes - 4 : remainderOfObject(value, left);
    default:
      return -1;
  }
}

function remainderOfObject(
  value: object,
  { bytes, depth }: { readonly bytes: number; readonly depth: number },
): number {
  if (!Array.isArray(value) && !isPlainObject(value)) return -1;
  let rest = bytes - 2;
  for (const [key, item] of Object.entries(value) as [string, unknown][]) {
    const named = Array.isArray(value) ? rest - 1 : rest - Buffer.byteLength(key) - 4;
    rest = remainder(item, { bytes: named, depth: depth - 1 });
    if (rest < 0) return -1;
  }
  return rest;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
