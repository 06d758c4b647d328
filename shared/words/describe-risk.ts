import { assertNever } from '../result.ts';
import type { MappingRisk } from '../rules/mapping-risks.ts';
import * as m from './generated/messages.js';
import type { Wording } from './wording.ts';

/** What may go wrong with the base URL that is looked at, and what to do; the profile is named elsewhere. */
export function describeRisk(risk: MappingRisk['code']): Wording {
  switch (risk) {
    case 'ends-in-v1':
      return { what: m.risk_ends_in_v1(), next: m.risk_ends_in_v1_full() };
    case 'ends-in-slash':
      return { what: m.risk_ends_in_slash(), next: m.risk_ends_in_slash_full() };
    case 'not-http':
      return { what: m.risk_not_http(), next: m.warning_base_url_next() };
    case 'white-space':
      return { what: m.risk_white_space(), next: m.warning_base_url_next() };
    case 'unparsable':
      return { what: m.risk_unparsable(), next: m.warning_base_url_next() };
    default:
      return assertNever(risk);
  }
}
