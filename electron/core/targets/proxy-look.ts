import { assertNever } from '../../../shared/result.ts';
import type { ManagementWitness } from '../../../shared/schema/observation.ts';
import type { ConfigFacts } from '../yaml/config-facts.ts';
import type { SectionEntry } from '../yaml/section.ts';
import { allRouted, compareEntries } from './compare-entries.ts';
import type { HttpOrigin } from './http-call.ts';
import { getClaudeApiKeys, type ManagementFault } from './management-client.ts';
import type { ManagementKeyChoice } from './management-key.ts';
import { getModelIds, type ModelListFault } from './model-list.ts';
import { compareNames, expectsNames, type NameExpectation } from './served-names.ts';

/** One look at what the running proxy serves. */
export type Finding =
  /** The management API's list equals the file's, and the model list, if it could be asked, agrees. */
  | { readonly kind: 'list-equal' }
  /** The list equals the file's, but requests do not reach all of its entries yet. */
  | { readonly kind: 'list-equal-not-routed' }
  /** The names are as expected; what that shows is in the expectation. */
  | { readonly kind: 'names-match' }
  | {
      readonly kind: 'list-differs' | 'names-differ';
      readonly missing: readonly string[];
      readonly ghosts: readonly string[];
    }
  /** The list equals the file's, but names are missing or left over all the same. */
  | { readonly kind: 'list-equal-names-differ'; readonly ghosts: readonly string[] }
  | { readonly kind: 'blind'; readonly why: Exclude<ModelListFault, 'not-running'> | 'nothing-to-check' }
  | { readonly kind: 'not-running' };

export interface LookContext {
  readonly origin: HttpOrigin;
  readonly facts: ConfigFacts;
  readonly entries: readonly SectionEntry[];
  readonly expectation: NameExpectation;
  readonly managementKey: ManagementKeyChoice;
}

/** What is learned about the management API from look to look; a key that was refused is not sent again. */
export interface ManagementNotes {
  readonly management: ManagementWitness;
  readonly version: string | null;
}

export interface Look {
  readonly finding: Finding;
  readonly notes: ManagementNotes;
}

export function firstNotes(managementKey: ManagementKeyChoice): ManagementNotes {
  const witness = { fits: 'not-asked', 'none-fits': 'no-key', off: 'off' } as const;
  return { management: witness[managementKey.state], version: null };
}

/** Asks the management API where a key fits, then the model list for what only it shows, or in its place. */
export async function lookAtProxy(
  context: LookContext,
  notes: ManagementNotes,
  timeoutMs: number,
): Promise<Look> {
  const { managementKey, origin, entries } = context;
  if (managementKey.state !== 'fits' || !mayAsk(notes.management)) {
    return { finding: await lookAtNames(context, timeoutMs), notes };
  }
  const answer = await getClaudeApiKeys({ origin, key: managementKey.key, timeoutMs });
  if (!answer.ok) {
    const next = { ...notes, management: witnessOf(answer.error) };
    if (answer.error.code === 'refused-connection') return { finding: { kind: 'not-running' }, notes: next };
    return { finding: await lookAtNames(context, timeoutMs), notes: next };
  }
  const next: ManagementNotes = { management: 'answered', version: answer.value.version };
  const { equal, missing, ghosts } = compareEntries(entries, answer.value.value);
  if (!equal) return { finding: { kind: 'list-differs', missing, ghosts }, notes: next };
  if (!allRouted(answer.value.value)) return { finding: { kind: 'list-equal-not-routed' }, notes: next };
  const names = await lookAtNames(context, timeoutMs);
  if (names.kind === 'names-differ') {
    return { finding: { kind: 'list-equal-names-differ', ghosts: names.ghosts }, notes: next };
  }
  return { finding: names.kind === 'not-running' ? names : { kind: 'list-equal' }, notes: next };
}

async function lookAtNames(context: LookContext, timeoutMs: number): Promise<Finding> {
  const { origin, facts, expectation } = context;
  if (!expectsNames(expectation)) return { kind: 'blind', why: 'nothing-to-check' };
  const ids = await getModelIds({ origin, apiKeys: facts.apiKeys, timeoutMs });
  if (!ids.ok) {
    return ids.error === 'not-running' ? { kind: 'not-running' } : { kind: 'blind', why: ids.error };
  }
  const { missing, ghosts } = compareNames(expectation, ids.value);
  const match = missing.length === 0 && ghosts.length === 0;
  return match ? { kind: 'names-match' } : { kind: 'names-differ', missing, ghosts };
}

function mayAsk(management: ManagementWitness): boolean {
  return management === 'not-asked' || management === 'answered' || management === 'failed';
}

function witnessOf(fault: ManagementFault): ManagementWitness {
  switch (fault.code) {
    case 'unauthorized':
      return 'refused';
    case 'forbidden':
      return 'forbidden';
    case 'api-off':
      return 'off';
    case 'refused-connection':
    case 'unreachable':
    case 'timeout':
    case 'tls-failed':
    case 'bad-answer':
    case 'redirect':
    case 'server-error':
    case 'rejected':
      return 'failed';
    default:
      return assertNever(fault);
  }
}
