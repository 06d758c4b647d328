import { assertNever } from '../result.ts';
import type { LocalProxy, ProxyKeyAnswer } from '../schema/proxy-key.ts';
import * as m from './generated/messages.js';
import { joinSentences } from './join-sentences.ts';
import type { Observation } from './wording.ts';

/** How the management key of the local proxy is known, and what becomes of one that is kept and not used. */
export function describeLocalProxy(local: LocalProxy): string {
  const kept = keptWords(local);
  return kept === null ? knownWords(local) : joinSentences([knownWords(local), kept]);
}

/** What came of a key that was given, or forgotten: null. */
export function describeKeyFit(fit: ProxyKeyAnswer['fit']): Observation {
  switch (fit) {
    case 'fits':
      return { what: m.proxy_key_set_fits(), next: null };
    case 'unknown':
      return { what: m.proxy_key_set_unknown(), next: null };
    case 'refused':
      return { what: m.proxy_key_set_refused(), next: m.proxy_key_set_refused_next() };
    case null:
      return { what: m.proxy_key_forgotten(), next: null };
    default:
      return assertNever(fit);
  }
}

function knownWords({ known }: LocalProxy): string {
  switch (known) {
    case 'kept':
      return m.proxy_key_kept();
    case 'variable':
      return m.proxy_key_variable();
    case 'ccs':
      return m.proxy_key_ccs();
    case 'ccs-default':
      return m.proxy_key_ccs_default();
    case 'none':
      return m.proxy_key_none();
    case 'off':
      return m.proxy_key_off();
    case 'unknown':
      return m.proxy_key_unknown();
    default:
      return assertNever(known);
  }
}

function keptWords({ url, known, keptFor }: LocalProxy): string | null {
  if (keptFor === null || known === 'kept') return null;
  if (keptFor !== url) return m.proxy_key_kept_elsewhere({ url: keptFor });
  return known === 'off' || known === 'unknown' ? m.proxy_key_kept_waits() : m.proxy_key_kept_unfit();
}
