import type { LocalProxy } from '../../../shared/schema/proxy-key.ts';
import type { Environment } from '../support/environment.ts';
import { isHeaderValue } from './http-call.ts';

/** `off`: the configuration names no `secret-key`, so the proxy offers no management API. */
export type ManagementKeyChoice =
  | { readonly state: 'fits'; readonly key: string }
  | { readonly state: 'none-fits' }
  | { readonly state: 'off' };

type KeyOrigin = Exclude<LocalProxy['known'], 'none' | 'off' | 'unknown'>;

/** What CCS uses where its `cliproxy.auth.management_secret` is not set. */
const CCS_DEFAULT_SECRET = 'ccs';
/** bcrypt's own limit; Go refuses to hash more, while bcryptjs would cut it off and find that it fits. */
const MAX_BCRYPT_BYTES = 72;
/** Go's default is 10. Each step doubles the time, and cost 31 would block for days. */
const MAX_BCRYPT_COST = 13;

interface KeySources {
  /** What a person gave for this proxy (`keptProxyKey`). */
  readonly setting: string | null;
  readonly environment: Environment;
  readonly ccsSecret: string | null;
}

/** Keys that may be the right one, best first: the user's own, then CCS's. */
export function managementKeyCandidates(sources: KeySources): readonly string[] {
  return [...new Set(managementKeySources(sources).map(({ key }) => key))];
}

/** The same with where each is from; one key may be known from several. */
export function managementKeySources({
  setting,
  environment,
  ccsSecret,
}: KeySources): readonly { readonly source: KeyOrigin; readonly key: string }[] {
  const candidates: readonly (readonly [KeyOrigin, string | null | undefined])[] = [
    ['kept', setting],
    ['variable', environment['CLIPROXY_MANAGEMENT_KEY']],
    ['ccs', ccsSecret],
    ['ccs-default', CCS_DEFAULT_SECRET],
  ];
  return candidates
    .map(([source, key]) => ({ source, key: key?.trim() ?? '' }))
    .filter(({ key }) => key !== '');
}

/**
 * The first candidate that fits the configuration's `secret-key`: equal to a plain one, or hashed in it (the
 * proxy replaces a plain one by its bcrypt hash when it loads the file). A key that does not fit is never tried
 * on the proxy: after five wrong ones it refuses everybody for 30 minutes.
 */
export async function fittingManagementKey(
  secretKey: string,
  candidates: readonly string[],
): Promise<ManagementKeyChoice> {
  if (secretKey.trim() === '') return { state: 'off' };
  const cost = bcryptCost(secretKey);
  for (const key of candidates.filter(isHeaderValue)) {
    if (cost === null ? key === secretKey : await isHashedIn(key, { hash: secretKey, cost })) {
      return { state: 'fits', key };
    }
  }
  return { state: 'none-fits' };
}

/** Null where it is no bcrypt hash: then it is the key itself. */
function bcryptCost(secretKey: string): number | null {
  const match = /^\$2[aby]\$(\d\d)\$/.exec(secretKey);
  return match === null ? null : Number(match[1]);
}

async function isHashedIn(
  key: string,
  secret: { readonly hash: string; readonly cost: number },
): Promise<boolean> {
  const usable =
    secret.cost >= 4 && secret.cost <= MAX_BCRYPT_COST && /^.{7}[./A-Za-z0-9]{53}$/.test(secret.hash);
  if (!usable || Buffer.byteLength(key) > MAX_BCRYPT_BYTES) return false;
  const { compare } = await import('bcryptjs');
  return compare(key, secret.hash);
}
