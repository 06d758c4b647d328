import { LineCounter, parseDocument } from 'yaml';
import { err, ok, type Result } from '../../../shared/result';

export interface YamlFault {
  /** The library's code of the fault; never its message, which quotes text that may be a key. */
  readonly reason: string;
  /** From 1; null where the fault is no place in the text. */
  readonly line: number | null;
}

/** Reads any YAML document into plain values. Loaded only for what `readPlainYaml` does not read. */
export function composeYaml(text: string): Result<unknown, YamlFault> {
  const lineCounter = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter,
      logLevel: 'silent',
      merge: true,
      prettyErrors: false,
    });
    const fault = document.errors[0];
    if (fault !== undefined) return err({ reason: fault.code, line: lineCounter.linePos(fault.pos[0]).line });
    return ok(document.toJS() as unknown);
  } catch (error) {
    // Aliases without an anchor or without end are ReferenceErrors, nesting without end is a RangeError.
    if (error instanceof ReferenceError) return err({ reason: 'BAD_ALIAS', line: null });
    if (error instanceof RangeError) return err({ reason: 'TOO_DEEP', line: null });
    throw error;
  }
}
