import { createHash } from 'node:crypto';
import { fingerprintOfWanted, ownedEntryOf } from '../core/plan/fingerprints.ts';
import type { Operation, PlanWarning } from '../core/plan/operation.ts';
import type { Hold, OwnedEntry } from '../core/plan/owned-entry.ts';
import type { PlanInput } from '../core/plan/plan-input.ts';
import type { WantedEntry } from '../core/plan/wanted-entry.ts';
import type { EntryModel, ModelEdit, SectionEntry } from '../core/yaml/section.ts';

/** Stands for the home's salted fingerprints: tells equality, gives nothing away. */
export function testFingerprint(value: string): string {
  return createHash('sha256').update(`salt ${value}`).digest('hex');
}

/** What a profile asks for: by default a key and base URL of its own and one model. */
export function wants(profile: string, over: Partial<WantedEntry> = {}): WantedEntry {
  const name = profile.replace(/[^A-Za-z0-9_-]/g, '-');
  return {
    profile,
    prefix: `${name}-`,
    apiKey: `sk-test-key-of-${name}`,
    baseUrl: `https://${name}.test/api`,
    models: [`${name}-model`],
    ...over,
  };
}

/** An entry without its place in a file. */
export type LooseEntry = Omit<SectionEntry, 'index' | 'line'>;

/** An entry as we write it for a profile, but for what is said otherwise. */
export function entryOf(wanted: WantedEntry, over: Partial<LooseEntry> = {}): LooseEntry {
  return {
    apiKey: wanted.apiKey,
    prefix: wanted.prefix,
    baseUrl: wanted.baseUrl,
    proxyUrl: '',
    models: wanted.models.map((name) => item(name)),
    otherFields: [],
    malformed: false,
    indirect: false,
    ...over,
  };
}

/** An entry as CCS writes it: no prefix. */
export function ccsEntryOf(wanted: WantedEntry, over: Partial<LooseEntry> = {}): LooseEntry {
  return entryOf(wanted, { prefix: '', ...over });
}

export function item(name: string, over: Partial<EntryModel> = {}): EntryModel {
  return { name, alias: '', extra: false, ...over };
}

/** Gives entries their places; the first stands at line 10, each takes ten lines. */
export function file(...entries: readonly LooseEntry[]): readonly SectionEntry[] {
  return entries.map((entry, index) => ({ ...entry, index, line: 10 * (index + 1) }));
}

/** Entries without their places, to compare files by what they hold. */
export function loose(entries: readonly SectionEntry[]): readonly LooseEntry[] {
  return entries.map(({ apiKey, prefix, baseUrl, proxyUrl, models, otherFields, malformed, indirect }) => ({
    apiKey,
    prefix,
    baseUrl,
    proxyUrl,
    models,
    otherFields,
    malformed,
    indirect,
  }));
}

/** The ledger's line after a sync of this profile. */
export function lineOf(wanted: WantedEntry, over: Partial<OwnedEntry> = {}): OwnedEntry {
  return { ...ownedEntryOf(wanted, testFingerprint), ...over };
}

export function holdOf(wanted: WantedEntry): Hold {
  return { profile: wanted.profile, wantedFingerprint: fingerprintOfWanted(wanted, testFingerprint) };
}

/** An empty, healthy world, but for what is said otherwise. */
export function world(over: Partial<PlanInput> = {}): PlanInput {
  return {
    wanted: [],
    unreadable: new Set(),
    skipped: new Map(),
    worldKnown: true,
    entries: [],
    owned: [],
    holds: [],
    ledger: 'known',
    forceModelPrefix: false,
    otherModelNames: new Set(),
    only: null,
    accepted: false,
    fingerprint: testFingerprint,
    ...over,
  };
}

/** What carrying out a plan's operations makes of a file's entries: the plain reference for all other ways. */
export function carriedOut(
  entries: readonly SectionEntry[],
  operations: readonly Operation[],
): readonly SectionEntry[] {
  const result = new Map<SectionEntry, LooseEntry | null>(entries.map((entry) => [entry, entry]));
  const added: LooseEntry[] = [];
  for (const operation of operations) {
    if (operation.op === 'add') {
      added.push(entryOf(operation.wanted));
    } else if (operation.op === 'remove') {
      result.set(operation.entry, null);
    } else if (operation.op === 'update' || operation.op === 'adopt') {
      const models = operation.op === 'update' ? operation.models : [];
      const { entry, set } = operation;
      result.set(entry, { ...entry, ...set, models: editedModels(entry.models, models) });
    }
  }
  return file(...loose([...result.values()].filter((entry) => entry !== null) as SectionEntry[]), ...added);
}

function editedModels(models: readonly EntryModel[], edits: readonly ModelEdit[]): readonly EntryModel[] {
  const result: (EntryModel | null)[] = [...models];
  for (const edit of edits) {
    if (edit.op === 'add') {
      result.push(item(edit.name));
      continue;
    }
    const before = result[edit.index];
    if (before === null || before === undefined) throw new Error('An edit of an item that is not there');
    result[edit.index] = edit.op === 'remove' ? null : { ...before, name: edit.name };
  }
  return result.filter((model) => model !== null);
}

/** Operations in a line each, without keys: `update glm at 10: api-key, prefix (drift)`. */
export function brief(operations: readonly Operation[]): readonly string[] {
  return operations.map((operation) => {
    const { op, profile } = operation;
    if (op === 'add') return `add ${profile} (${operation.cause})`;
    const where = operation.entry === null ? '' : ` at ${operation.entry.line}`;
    if (op === 'remove') return `remove ${profile}${where} (${operation.cause})`;
    if (op === 'leave') return `leave ${profile}${where} (${operation.why})`;
    const fields = [
      ...Object.keys(operation.set),
      ...(op === 'adopt' ? [] : operation.models.map((edit) => `${edit.op} model`)),
    ].join(', ');
    const why = op === 'adopt' ? '' : ` (${op === 'update' ? operation.cause : operation.why})`;
    return `${op} ${profile}${where}: ${fields || 'as it is'}${why}`;
  });
}

/** Warnings in a line each: `prefix-shared glm at 20`. */
export function briefWarnings(warnings: readonly PlanWarning[]): readonly string[] {
  return warnings.map((warning) => {
    if (warning.code === 'ledger-lost') return warning.code;
    if (warning.code !== 'shared-bare-name') return `${warning.code} ${warning.profile} at ${warning.line}`;
    const others = [
      ...warning.others.map(({ prefix, line }) => `${prefix || 'an entry'} at ${line}`),
      ...(warning.elsewhere ? ['another section'] : []),
    ];
    return `${warning.name} of ${warning.profiles.join(' and ')} is shared with ${others.join(', ') || 'each other'}`;
  });
}
