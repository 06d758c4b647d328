import type { MethodInput } from '../../shared/contract.ts';
import { canonicalRemoteUrl, isPlainHttpElsewhere } from '../../shared/rules/remote-url.ts';
import type { ConfiguredTargets, GivenKey, KeySource } from '../../shared/schema/remote.ts';
import * as m from '../../shared/words/generated/messages.js';

/** A server that is set up already, as Settings knows it. */
export type ConfiguredRemote = ConfiguredTargets['remotes'][number];

/** What is filled in to set up a server, or to change one. */
export interface TargetForm {
  name: string;
  url: string;
  /** Only what is typed now: a key that is kept never stands here. */
  key: string;
  /** The key that CCS's settings name for its own remote. */
  useCcsKey: boolean;
  keySource: KeySource;
  /** Null: all. */
  profiles: readonly string[] | null;
  mode: 'auto' | 'manual';
  certificate: string | null;
  plainHttp: boolean;
  /** What becomes of our entries at the address before; null: not said yet. */
  entries: NonNullable<MethodInput<'targets.update'>['entries']> | null;
}

export function emptyForm(): TargetForm {
  return {
    name: '',
    url: '',
    key: '',
    useCcsKey: false,
    keySource: 'file',
    profiles: null,
    mode: 'auto',
    certificate: null,
    plainHttp: false,
    entries: null,
  };
}

export function formOf({
  name,
  url,
  keySource,
  profiles,
  mode,
  certificate,
  plainHttp,
}: ConfiguredRemote): TargetForm {
  return { ...emptyForm(), name, url, keySource, profiles, mode, certificate, plainHttp };
}

/** Where the form began; null: a new server. */
export type Before = ConfiguredRemote | null;

/** The address that is meant; what can't be one stands as it was typed. */
export function addressOf({ url }: Pick<TargetForm, 'url'>): string {
  return canonicalRemoteUrl(url) ?? url.trim();
}

/** Whether a person must agree first that everybody on the way can read the key. */
export function isUnencrypted(form: Pick<TargetForm, 'url'>): boolean {
  return isPlainHttpElsewhere(addressOf(form));
}

/** Whether the key that is kept still counts: it is never carried to another address, or to another place. */
export function keepsKey(form: TargetForm, before: Before): boolean {
  return before?.hasKey === true && before.url === addressOf(form) && before.keySource === form.keySource;
}

/** The key that a request goes with; null where none is given and none is kept. */
export function givenKey(form: TargetForm, before: Before): GivenKey | null {
  if (form.key !== '') return { kind: 'typed', key: form.key };
  if (form.useCcsKey) return { kind: 'ccs' };
  if (form.keySource === 'environment') return { kind: 'stored' };
  return keepsKey(form, before) ? { kind: 'stored' } : null;
}

/** Whether another address leaves entries of ours behind, or takes them along. */
export function asksEntries(form: TargetForm, before: Before): before is ConfiguredRemote {
  const url = canonicalRemoteUrl(form.url);
  return before?.wasSynced === true && url !== null && url !== before.url;
}

/** Why it can't be saved yet; null where nothing is missing. `taken`: names of the others. */
export function missingOf(form: TargetForm, before: Before, taken: readonly string[]): string | null {
  const isNoneChosen = form.profiles !== null && form.profiles.length === 0;
  const isUnsaid = asksEntries(form, before) && form.entries === null;
  return (
    missingForTest(form, before, taken) ??
    (isUnsaid ? m.targets_why_entries() : isNoneChosen ? m.targets_why_profiles() : null)
  );
}

/** Why it can't be tested yet: what is synced to it does not matter for that. */
export function missingForTest(form: TargetForm, before: Before, taken: readonly string[]): string | null {
  if (form.name.trim() === '') return m.targets_why_name();
  if (isTaken(form.name, taken)) return m.targets_name_taken();
  if (form.url.trim() === '') return m.targets_why_url();
  if (canonicalRemoteUrl(form.url) === null) return m.targets_url_bad();
  if (isUnencrypted(form) && !form.plainHttp) return m.targets_why_plain();
  if (givenKey(form, before) === null)
    return before?.hasKey === true ? m.targets_why_key_anew() : m.targets_why_key();
  return null;
}

/** Names are told apart without regard to case. */
export function isTaken(name: string, taken: readonly string[]): boolean {
  const wanted = name.trim().toLocaleLowerCase();
  return taken.some((one) => one.toLocaleLowerCase() === wanted);
}

/**
 * What another address brings with it: what was agreed to, pinned or taken from CCS was meant for the one before. Where
 * it is again the one that is set up, so is the rest.
 */
export function readdressed(
  url: string,
  before: Before,
): Pick<TargetForm, 'url' | 'certificate' | 'plainHttp' | 'useCcsKey'> {
  const isBack = before !== null && before.url === addressOf({ url });
  return {
    url,
    certificate: isBack ? before.certificate : null,
    plainHttp: isBack && before.plainHttp,
    useCcsKey: false,
  };
}

/** Whether something was filled in that closing would lose. */
export function isDirty(form: TargetForm, before: Before): boolean {
  const start = before === null ? emptyForm() : formOf(before);
  return (Object.keys(start) as (keyof TargetForm)[]).some(
    (field) => JSON.stringify(form[field]) !== JSON.stringify(start[field]),
  );
}

export function testRequest(form: TargetForm, before: Before): MethodInput<'targets.test'> {
  return {
    id: before?.id ?? null,
    url: addressOf(form),
    key: givenKey(form, before) ?? { kind: 'stored' },
    certificate: form.certificate,
    plainHttp: form.plainHttp,
  };
}

export function addRequest(form: TargetForm): MethodInput<'targets.add'> {
  const { keySource, profiles, mode, certificate, plainHttp } = form;
  return {
    name: form.name.trim(),
    url: addressOf(form),
    key: givenKey(form, null) ?? { kind: 'stored' },
    ...{ keySource, profiles, mode, certificate, plainHttp },
  };
}

/** Only what is another now, so that a change made elsewhere meanwhile stays. */
export function updateRequest(form: TargetForm, before: ConfiguredRemote): MethodInput<'targets.update'> {
  const { name, url, key, useCcsKey, entries, ...rest } = form;
  const next = { ...rest, name: name.trim(), url: addressOf({ url }) };
  const changed = (Object.keys(next) as (keyof typeof next)[]).filter(
    (field) => JSON.stringify(next[field]) !== JSON.stringify(before[field]),
  );
  const given = givenKey(form, before);
  const isNewKey = key !== '' || useCcsKey || changed.includes('keySource') || changed.includes('url');
  return {
    id: before.id,
    ...Object.fromEntries(changed.map((field) => [field, next[field]])),
    ...(isNewKey && given !== null ? { key: given } : {}),
    ...(asksEntries(form, before) && entries !== null ? { entries } : {}),
  };
}

/** Whether a change bears on how the server is reached: then it is asked at once whether it works now. */
export function isReconnecting(change: MethodInput<'targets.update'>): boolean {
  const { url, key, keySource, certificate, plainHttp } = change;
  return [url, key, keySource, certificate, plainHttp].some((value) => value !== undefined);
}
