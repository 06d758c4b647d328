import { isDeepStrictEqual } from 'node:util';
import type { JsonEntry } from '../targets/remote-server.ts';

/** A list as it was before a write, as it was sent, and as the server has it afterwards. */
export interface WrittenList {
  readonly before: readonly JsonEntry[];
  readonly sent: readonly JsonEntry[];
  readonly kept: readonly JsonEntry[];
}

/**
 * The fields that a server did not keep of the entries that a write was about: it is too old to know them. That is
 * told to a person and not tried again and again. An entry that others changed or took out since says nothing.
 */
export function droppedFields({ before, sent, kept }: WrittenList): readonly string[] {
  const fields = new Set<string>();
  for (const entry of sent) {
    if (before.some((one) => isDeepStrictEqual(one, entry))) continue;
    const found = kept.filter((one) => one['api-key'] === entry['api-key']);
    const only = found.length === 1 ? found[0] : undefined;
    if (only === undefined) continue;
    for (const [name, value] of Object.entries(entry)) {
      if (!isEmpty(value) && isEmpty(only[name])) fields.add(name);
    }
  }
  return [...fields];
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
