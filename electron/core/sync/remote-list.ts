import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import type { JsonEntry } from '../targets/remote-server.ts';

const SECTION = 'claude-api-key';
const NOT_REPRESENTABLE = err({ code: 'bad-answer', reason: 'not-representable' } as const);

/**
 * A server's list as the text of a configuration that holds nothing else. Planner, splice, undo and history then work
 * on it as on a file: `listOfText` is its inverse. Error: `bad-answer` where what the server sent can't be
 * sent back as it came.
 */
export function textOfList(entries: readonly JsonEntry[]): Result<string, RemoteFault> {
  try {
    const text = checkedText(entries);
    return text === null ? NOT_REPRESENTABLE : ok(text);
  } catch (error) {
    // Nested deeper than any entry is, by whoever answers there.
    if (!(error instanceof RangeError)) throw error;
    return NOT_REPRESENTABLE;
  }
}

/** Null where the list that it gives is another one. */
function checkedText(entries: readonly JsonEntry[]): string | null {
  const text = stringify(
    { [SECTION]: entries },
    {
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'PLAIN',
      lineWidth: 0,
      aliasDuplicateObjects: false,
    },
  );
  // A number beyond all bounds would come back as null.
  const asSent: unknown = JSON.parse(JSON.stringify(entries));
  return isDeepStrictEqual(listOfText(text), asSent) && isDeepStrictEqual(asSent, entries) ? text : null;
}

/** The list that a text of `textOfList` holds, also after edits of it. */
export function listOfText(text: string): readonly JsonEntry[] {
  const value = (parse(text) as Readonly<Record<string, unknown>> | null)?.[SECTION];
  return Array.isArray(value) ? (value as readonly JsonEntry[]) : [];
}
