import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

/**
 * The control socket carries a JSON value a line. The service speaks first: who it is. A client of another version
 * goes away again, since the contract is that of one version.
 */
export interface Hello {
  readonly service: 'cliproxy-sync';
  readonly version: string;
  readonly pid: number;
  readonly host: string;
}

/** What a client sends. `id` is of its choice and comes back with the answer. */
export type Request =
  { readonly id: number; readonly method: string; readonly input: unknown } | { readonly subscribe: 'state' };

/** What the service sends after its hello. */
export type Reply =
  | { readonly id: number; readonly answer: Result<unknown, AppError> }
  | { readonly event: 'state'; readonly payload: unknown };

/** Longer lines end the connection: the largest request is a profile's whole text. */
export const MOST_LINE_BYTES = 2 * 1024 * 1024;

/**
 * Cuts a stream of bytes into lines; give it each chunk. False: a line is longer than `mostBytes`, and nothing
 * more is to be read.
 */
export function createLineReader(
  onLine: (line: string) => void,
  mostBytes: number = MOST_LINE_BYTES,
): (chunk: Uint8Array) => boolean {
  let parts: Uint8Array[] = [];
  let size = 0;
  return (chunk) => {
    let rest = chunk;
    for (;;) {
      const end = rest.indexOf(0x0a);
      const part = end < 0 ? rest : rest.subarray(0, end);
      size += part.length;
      if (size > mostBytes) return false;
      parts.push(part);
      if (end < 0) return true;
      const line = Buffer.concat(parts).toString('utf8');
      parts = [];
      size = 0;
      rest = rest.subarray(end + 1);
      onLine(line);
    }
  };
}
