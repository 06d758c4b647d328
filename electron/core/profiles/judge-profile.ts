import type { SkipReason } from '../../../shared/schema/skip.ts';
import type { WantedEntry } from '../plan/wanted-entry.ts';
import type { Snapshot } from './discover-profiles.ts';
import { entryPrefix } from './entry-prefix.ts';
import { RESERVED_NAMES } from '../../../shared/rules/profile-name.ts';
import { proxyLoop, type ProxyAddress } from './proxy-loop.ts';
import type { ReadProfile } from './read-profile-file.ts';
import type { DiscoveredProfile } from './scan-profiles.ts';

interface ProfilePlace {
  readonly name: string;
  readonly path: string;
  readonly registered: boolean;
}

/** A profile with what it asks for, or why it is not synced. */
export type JudgedProfile =
  | (ProfilePlace & { readonly wanted: WantedEntry; readonly skip: null })
  | (ProfilePlace & { readonly wanted: null; readonly skip: SkipReason });

/** What judging needs to know beside the profiles: the user's word, the target and its ledger. */
export interface JudgeContext {
  readonly excluded: ReadonlySet<string>;
  /** The profiles that the user chose for this target; null: all. */
  readonly chosen: ReadonlySet<string> | null;
  readonly proxy: ProxyAddress;
  /** The profile whose entry has a prefix, according to the ledger. */
  readonly ownerOfPrefix: (prefix: string) => string | null;
}

/**
 * Judges every profile of a snapshot, keeping their order. Of several reasons the one that makes the others
 * pointless counts: those by which a profile is not for this proxy come before those that ask something of the
 * user.
 */
export function judgeProfiles(snapshot: Snapshot, context: JudgeContext): readonly JudgedProfile[] {
  const originals = registeredCredentials(snapshot.profiles);
  const judged = snapshot.profiles.map((profile) => judge(profile, context, originals));
  return onePrefixEach(judged, context.ownerOfPrefix);
}

type Originals = ReadonlyMap<string, string>;

function judge(profile: DiscoveredProfile, context: JudgeContext, originals: Originals): JudgedProfile {
  const { name, path, registered, file } = profile;
  const place = { name, path, registered };
  const skip = reasonOfPlace(profile, context);
  if (skip !== null) return { ...place, wanted: null, skip };
  if (file.state === 'missing') return { ...place, wanted: null, skip: { code: 'missing-file' } };
  if (file.state === 'unreadable') {
    return { ...place, wanted: null, skip: { code: 'unreadable', detail: file.detail, line: file.line } };
  }
  const loop = proxyLoop(file, context.proxy);
  if (loop !== null) return { ...place, wanted: null, skip: { code: 'proxy-loop', by: loop } };
  const duplicate = registered ? null : reasonOfUnregistered(name, file, originals);
  if (duplicate !== null) return { ...place, wanted: null, skip: duplicate };
  return { ...place, ...entryOf(name, file) };
}

/** Reasons that need no look into the file. */
function reasonOfPlace(
  profile: DiscoveredProfile,
  { excluded, chosen }: Pick<JudgeContext, 'excluded' | 'chosen'>,
): SkipReason | null {
  if ([profile.path, profile.realPath].some(isClaudesOwn)) return { code: 'default-login' };
  if (excluded.has(profile.name)) return { code: 'excluded' };
  if (profile.target !== 'claude') return { code: 'other-target', target: profile.target };
  return chosen === null || chosen.has(profile.name) ? null : { code: 'not-chosen' };
}

/** Whether a path is that of Claude Code's own settings. */
export function isClaudesOwn(path: string): boolean {
  return /[\\/]\.claude[\\/]settings\.json$/.test(path);
}

/** Files that CCS or the user keeps beside the profiles. */
function reasonOfUnregistered(name: string, file: ReadProfile, originals: Originals): SkipReason | null {
  if (RESERVED_NAMES.includes(name)) return { code: 'ccs-internal', by: 'reserved-name' };
  if (name.startsWith('base-')) return { code: 'ccs-internal', by: 'base-name' };
  if (file.token === null) return null;
  if (file.token.endsWith('-managed')) return { code: 'ccs-internal', by: 'managed-token' };
  const original = originals.get(credential(file.token, file.baseUrl));
  return original === undefined ? null : { code: 'copy', of: original };
}

/** Registered profiles by credential, the first by name; nobody asks where all are registered. */
function registeredCredentials(profiles: readonly DiscoveredProfile[]): Originals {
  const originals = new Map<string, string>();
  if (profiles.every(({ registered }) => registered)) return originals;
  for (const { name, registered, file } of profiles) {
    if (!registered || file.state !== 'read' || file.token === null) continue;
    const key = credential(file.token, file.baseUrl);
    if (!originals.has(key)) originals.set(key, name);
  }
  return originals;
}

function credential(token: string, baseUrl: string): string {
  return JSON.stringify([token, baseUrl]);
}

type Verdict =
  | { readonly wanted: WantedEntry; readonly skip: null }
  | { readonly wanted: null; readonly skip: SkipReason };

function entryOf(profile: string, { token, hasApiKey, baseUrl, models }: ReadProfile): Verdict {
  if (token === null) return { wanted: null, skip: { code: 'missing-token', hasApiKey } };
  if (/YOUR_|your-/.test(token)) return { wanted: null, skip: { code: 'placeholder' } };
  // One such token makes CLIProxyAPI refuse its whole file, or answer 500.
  if (!/^[ -~]+$/.test(token)) return { wanted: null, skip: { code: 'invalid-token' } };
  const prefix = entryPrefix(profile);
  if (prefix === null) return { wanted: null, skip: { code: 'invalid-name' } };
  return { wanted: { profile, prefix, apiKey: token, baseUrl, models }, skip: null };
}

/**
 * `a.b` and `a-b` want the same prefix: it stays with whom the ledger says, else the first one has it. A snapshot is
 * sorted by code unit.
 */
function onePrefixEach(
  judged: readonly JudgedProfile[],
  ownerOfPrefix: JudgeContext['ownerOfPrefix'],
): readonly JudgedProfile[] {
  const holders = new Map<string, string>();
  for (const { name, wanted } of judged) {
    if (wanted === null) continue;
    const { prefix } = wanted;
    if (!holders.has(prefix) || ownerOfPrefix(prefix) === name) holders.set(prefix, name);
  }
  return judged.map((profile) => {
    if (profile.wanted === null) return profile;
    const { prefix } = profile.wanted;
    const other = holders.get(prefix);
    if (other === undefined || other === profile.name) return profile;
    const { name, path, registered } = profile;
    return { name, path, registered, wanted: null, skip: { code: 'duplicate-prefix', prefix, other } };
  });
}
