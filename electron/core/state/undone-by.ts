import type { OperationView } from '../../../shared/schema/plan.ts';
import type { Fight } from '../../../shared/schema/state.ts';

/** How keys and empty fields are written in a file: counts, so that no key is kept. */
export interface Hand {
  /** Keys in double quotes, as we write them. */
  readonly quotedKeys: number;
  /** Keys without quotes, as CCS and CLIProxyAPI write them. */
  readonly plainKeys: number;
  /** `proxy-url: ""`, as CLIProxyAPI writes it; CCS writes `''`. */
  readonly emptyProxies: number;
}

export function handOf(text: string): Hand {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return {
    quotedKeys: count(/^[ \t]*(?:- )?api-key: "/gm),
    plainKeys: count(/^[ \t]*(?:- )?api-key: [^"'\s]/gm),
    emptyProxies: count(/^[ \t]*(?:- )?proxy-url: ""/gm),
  };
}

/** How the file is written now, and how it was when last nothing of ours was changed; null where that is not known. */
export interface Hands {
  readonly now: () => Hand;
  readonly left: Hand | null;
}

/**
 * Who seems to have changed our entries. CCS never writes prefixes. CLIProxyAPI encodes the whole file anew: plain
 * keys beside `proxy-url: ""`. CCS's plain keys beside one such line of somebody's look the same, so that only the
 * change from what was left tells. `now` is asked for only where it tells.
 */
export function undoneBy(operations: readonly OperationView[], { now, left }: Hands): Fight['by'] {
  const drifted = operations.filter(({ why }) => why === 'drift');
  if (drifted.length === 0) return 'unknown';
  const lostPrefix = drifted.some(({ diff }) =>
    diff.some(({ field, before }) => field === 'prefix' && before === null),
  );
  if (lostPrefix && drifted.some(({ op }) => op !== 'add')) return 'ccs';
  return left !== null && isEncodedAnew(left, now()) ? 'proxy' : 'unknown';
}

function isEncodedAnew(left: Hand, now: Hand): boolean {
  if (!isEncoded(now)) return false;
  return !isEncoded(left) || (left.quotedKeys > 0 && now.quotedKeys === 0);
}

function isEncoded({ plainKeys, emptyProxies }: Hand): boolean {
  return plainKeys > 0 && emptyProxies > 0;
}
