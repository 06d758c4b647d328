import { assertNever } from '../../shared/result.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { RawFault } from './check-raw.ts';

/** What is wrong with the text, while it is typed. */
export function describeRawFault(fault: RawFault): string {
  switch (fault.code) {
    case 'empty':
      return m.profiles_text_empty();
    case 'not-json': {
      const problem = m.error_raw_not_json();
      return fault.line === null ? problem : m.fault_at_line({ fault: problem, line: fault.line });
    }
    case 'not-object':
      return m.profiles_text_not_object();
    default:
      return assertNever(fault);
  }
}
