import { isDeepStrictEqual } from 'node:util';

/** One entry as the server sent it, without the read-only `auth-index`; every other field kept as it came. */
export type JsonEntry = Readonly<Record<string, unknown>>;

/** How a list becomes another one with the calls of the management API. */
export type ListChange =
  | { readonly kind: 'none' }
  /** One entry gets other values; nothing else in the list is touched. */
  | { readonly kind: 'update'; readonly key: string; readonly value: JsonEntry }
  /** One entry goes; nothing else in the list is touched. */
  | { readonly kind: 'remove'; readonly key: string }
  /** The whole list is sent: the API can't add or move a single entry. */
  | { readonly kind: 'replace' };

/** Of what we change on an entry, what PATCH takes, and what stands for "absent" there. */
const PATCHED: Readonly<Record<string, '' | readonly []>> = {
  'api-key': '',
  prefix: '',
  'base-url': '',
  models: [],
};

/**
 * The change that touches the least. An entry can be named by its key only, so one whose key another entry of `before`
 * has too is never changed by itself (docs/decisions/0010).
 */
export function listChange(before: readonly JsonEntry[], after: readonly JsonEntry[]): ListChange {
  const first = before.findIndex((entry, index) => !sameEntry(entry, after[index]));
  if (first === -1) return { kind: before.length === after.length ? 'none' : 'replace' };
  const [old, entry] = [before[first], after[first]];
  const key = old === undefined ? null : uniqueKey(old, before);
  if (old === undefined || key === null) return { kind: 'replace' };
  const [ahead, behind] = [before.slice(0, first), before.slice(first + 1)];
  if (sameList([...ahead, ...behind], after)) return { kind: 'remove', key };
  if (entry === undefined || !sameList([...ahead, entry, ...behind], after)) return { kind: 'replace' };
  const value = patchOf(old, entry);
  return value === null ? { kind: 'replace' } : { kind: 'update', key, value };
}

/** Whether two lists say the same: a server tells an empty field as absent, `null` or empty, by turns. */
export function sameList(one: readonly JsonEntry[], other: readonly JsonEntry[]): boolean {
  return one.length === other.length && one.every((entry, index) => sameEntry(entry, other[index]));
}

function sameEntry(one: JsonEntry, other: JsonEntry | undefined): boolean {
  return other !== undefined && isDeepStrictEqual(filled(one), filled(other));
}

/** Without the fields that are empty. */
function filled(entry: JsonEntry): JsonEntry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** Null where the server would not find this very entry by its key: it trims what it is asked for. */
function uniqueKey(entry: JsonEntry, list: readonly JsonEntry[]): string | null {
  const key = entry['api-key'];
  if (typeof key !== 'string' || key === '' || key !== key.trim()) return null;
  return list.filter((one) => trimmed(one['api-key']) === key).length === 1 ? key : null;
}

function trimmed(value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}

/** Null where PATCH can't say it: it knows some fields only, and takes none away. */
function patchOf(old: JsonEntry, entry: JsonEntry): JsonEntry | null {
  const [was, is] = [filled(old), filled(entry)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = names.filter((name) => !isDeepStrictEqual(was[name], is[name]));
  const value: Record<string, unknown> = {};
  for (const name of changed) {
    const absent = Object.hasOwn(PATCHED, name) ? PATCHED[name] : undefined;
    if (absent === undefined || (name === 'api-key' && is[name] === undefined)) return null;
    value[name] = is[name] ?? absent;
  }
  return value;
}
