import type { MaskedKey } from '../../../shared/schema/masked.ts';
import type { Fingerprint } from './owned-entry.ts';

/** Under this length four characters would give too much of a key away. */
const SHOWS_LAST4_FROM = 12;
/** Enough to tell this home's keys apart, too little to search for one. */
const SHORT_FINGERPRINT = 12;

export function maskKey(key: string, fingerprint: Fingerprint): MaskedKey {
  return {
    present: key !== '',
    last4: key.length >= SHOWS_LAST4_FROM ? key.slice(-4) : null,
    fingerprint: key === '' ? '' : fingerprint(key).slice(0, SHORT_FINGERPRINT),
  };
}

/** A base URL without what may be secret in it: a name and password, and the values of a query. */
export function maskUrl(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1…@').replace(/([?#]).*$/s, '$1…');
}
