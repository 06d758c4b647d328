import { LineCounter, parseDocument } from 'yaml';
import { err, ok, type Result } from '../../../shared/result.ts';

export interface YamlFault {
  /** The library's code of the fault; never its message, which quotes text that may be a key. */
  readonly reason: string;
  /** From 1; null where the fault is no place in the text. */
  readonly line: number | null;
}

/** Reads any YAML document into plain values. Loaded only for what `readPlainYaml` does not read. */
export function composeYaml(text: string): Result<unknown, YamlFault> {
  if (isTooDeep(text)) return err({ reason: 'TOO_DEEP', line: null });
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter,
      logLevel: 'error',
      merge: true,
      prettyErrors: false,
    });
    const fault = document.errors[0];
    if (fault !== undefined) return err({ reason: fault.code, line: lineCounter.linePos(fault.pos[0]).line });
    return ok(document.toJS() as unknown);
  } catch (error) {
    // Aliases that are repeated without end.
    if (error instanceof ReferenceError) return err({ reason: 'BAD_ALIAS', line: null });
    throw error;
  }
}

const MAX_DEPTH = 500;

/**
 * The library recurses until the stack ends, and Node may abort there instead of throwing (seen with yaml 2.9.1
 * and Node 20.20: two texts of 40,000 brackets). Counts generously: brackets in comments and strings too.
 */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '[' || bracket === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return true;
  }
  return text.split('\n').some((line) => (/^(?:[-?:]? )*/.exec(line)?.[0].length ?? 0) > 2 * MAX_DEPTH);
}
