import type { YamlRefusal } from '../errors.ts';
import { assertNever } from '../result.ts';
import { describeYamlFault } from './describe-reason.ts';
import * as m from './generated/messages.js';

/** Why a YAML text is refused, with its line: `line 41: "port" is there twice`. */
export function describeRefusal(refusal: YamlRefusal): string {
  return m.refusal_at_line({ line: refusal.line, problem: refusalProblem(refusal) });
}

/** The same without the line, to follow a place like `config.yaml:41`. */
export function refusalProblem({ code, detail }: YamlRefusal): string {
  switch (code) {
    case 'invalid-yaml':
      return describeYamlFault(detail, m.yaml_invalid_code({ code: detail }));
    case 'duplicate-key':
      return detail === '' ? m.yaml_duplicate() : m.refusal_duplicate_key({ key: detail });
    case 'several-documents':
      return m.refusal_several_documents();
    case 'root-not-mapping':
      return m.refusal_root();
    case 'section-not-list':
      return m.refusal_section();
    case 'indirect':
      return indirectProblem(detail);
    case 'control-character':
      return m.refusal_control_character({ character: detail });
    case 'check-failed':
      return m.refusal_check({ check: detail });
    default:
      return assertNever(code);
  }
}

/** What the user can do so that the text is taken. */
export function refusalNext({ code }: YamlRefusal): string {
  switch (code) {
    case 'invalid-yaml':
    case 'root-not-mapping':
    case 'control-character':
      return m.refusal_next_mend();
    case 'duplicate-key':
      return m.refusal_next_duplicate();
    case 'several-documents':
      return m.refusal_next_documents();
    case 'section-not-list':
      return m.refusal_next_section();
    case 'indirect':
      return m.refusal_next_plain();
    case 'check-failed':
      return m.refusal_next_check();
    default:
      return assertNever(code);
  }
}

function indirectProblem(detail: string): string {
  switch (detail) {
    case 'anchor':
    case 'tag':
      return m.refusal_anchor();
    case 'merge-key':
      return m.refusal_merge_key();
    default:
      return m.refusal_layout();
  }
}
