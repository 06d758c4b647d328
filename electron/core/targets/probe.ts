import { assertNever } from '../../../shared/result.ts';
import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import type { Clock } from '../support/clock.ts';
import type { ConfigFacts } from '../yaml/config-facts.ts';
import type { SectionEntry } from '../yaml/section.ts';
import { identifyProxy } from './identify-proxy.ts';
import { sightWatch, type WatchSighting } from './inode-watchers.ts';
import { fittingManagementKey } from './management-key.ts';
import {
  firstNotes,
  lookAtProxy,
  type Finding,
  type Look,
  type LookContext,
  type ManagementNotes,
} from './proxy-look.ts';
import { proxyOrigin } from './proxy-origin.ts';
import { expectNames, type NameExpectation } from './served-names.ts';

export interface ProxyQuestion {
  /** The config file, symlinks resolved: the one that was written. */
  readonly realPath: string;
  readonly facts: ConfigFacts;
  /** What the file now holds. */
  readonly entries: readonly SectionEntry[];
  readonly expect: {
    /** Prefixes of our entries in the file: their names must be served. */
    readonly owned: readonly string[];
    /** Prefixes of entries that we took out: none of their names may be left. */
    readonly removedPrefixes: readonly string[];
    /**
     * What the file held before the write, or when it was last seen loaded; null where that is not known. Without
     * it the model list can show only that the names are right, not that a rotated key was loaded.
     */
    readonly before: readonly SectionEntry[] | null;
  };
  /**
   * Best first (`managementKeyCandidates`). Pass none after an observation said `management: 'refused'`, until
   * the file's `secret-key` changes: each refused one counts towards the ban.
   */
  readonly managementKeys: readonly string[];
  readonly clock: Clock;
  /** `after-write` looks until all is as it must be, for 5 s and 2 ms an entry at most; `once` for half a second. */
  readonly mode: 'after-write' | 'once';
}

const REQUEST_TIMEOUT_MS = 2000;
const ONCE_LIMIT_MS = 500;
/** In-place writes are loaded after 0.15 to 0.4 s; a proxy that does not watch the file by then never loads it. */
const DEAF_AFTER_MS = 1500;
const FIRST_PAUSE_MS = 60;
const LONGEST_PAUSE_MS = 400;
const NAMED_AT_MOST = 20;
const NOT_ASKED: ManagementNotes = { management: 'not-asked', version: null };

/** Observes whether the running proxy has what the file holds. Never throws for what a proxy does or fails to do. */
export async function observeProxy(question: ProxyQuestion): Promise<ProxyObservation> {
  const origin = proxyOrigin(question.facts);
  const identity = await identifyProxy(origin, REQUEST_TIMEOUT_MS);
  if (identity.state === 'not-running') return { state: 'not-running' };
  if (identity.state !== 'proxy') {
    return {
      state: 'unverified',
      why: identity.state,
      ...witnesses(NOT_ASKED, { state: 'unknown', pid: null }),
    };
  }
  const sighting = await sight(question);
  if (sighting.state === 'other-config') {
    // Its management key need not be this file's: ours could be its fifth wrong one.
    return { state: 'unverified', why: 'other-config', ...witnesses(NOT_ASKED, sighting) };
  }
  const context: LookContext = {
    origin,
    facts: question.facts,
    entries: question.entries,
    expectation: expectNames({
      entries: question.entries,
      before: question.expect.before,
      owned: question.expect.owned,
      removedPrefixes: question.expect.removedPrefixes,
      otherModelNames: question.facts.otherModelNames,
    }),
    managementKey: await fittingManagementKey(question.facts.secretKey, question.managementKeys),
  };
  const look = await lookUntilSettled(question, context);
  return conclude(look, context.expectation, await sight(question));
}

async function lookUntilSettled(question: ProxyQuestion, context: LookContext): Promise<Look> {
  const { clock, mode, entries, expect } = question;
  const size = Math.max(entries.length, expect.before?.length ?? 0);
  const limitMs = mode === 'once' ? ONCE_LIMIT_MS : 5000 + 2 * size;
  const start = clock.now();
  let sleptMs = 0;
  let pauseMs = FIRST_PAUSE_MS;
  let notes: ManagementNotes = firstNotes(context.managementKey);
  for (;;) {
    const look = await lookAtProxy(context, notes, REQUEST_TIMEOUT_MS);
    // The system's time may be set back meanwhile.
    const elapsedMs = Math.max(clock.now() - start, sleptMs);
    if (isSettled(look.finding) || elapsedMs >= limitMs) return look;
    if (elapsedMs >= DEAF_AFTER_MS && (await sight(question)).state === 'not-watched') return look;
    notes = look.notes;
    await clock.sleep(pauseMs);
    sleptMs += pauseMs;
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 1.5);
  }
}

/** Whether looking again could tell more. */
function isSettled(finding: Finding): boolean {
  switch (finding.kind) {
    case 'list-equal':
    case 'names-match':
    case 'not-running':
      return true;
    case 'blind':
      return finding.why !== 'no-model-list';
    case 'list-differs':
    case 'names-differ':
    case 'list-equal-names-differ':
    case 'list-equal-not-routed':
      return false;
    default:
      return assertNever(finding);
  }
}

function conclude(look: Look, expectation: NameExpectation, sighting: WatchSighting): ProxyObservation {
  const { finding, notes } = look;
  const seen = witnesses(notes, sighting);
  if (finding.kind === 'not-running') return { state: 'not-running' };
  if (finding.kind === 'list-equal' || finding.kind === 'list-equal-not-routed')
    return { state: 'loaded', by: 'management-api', ...seen };
  if (finding.kind === 'list-equal-names-differ') {
    if (finding.ghosts.length === 0) return { state: 'loaded', by: 'management-api', ...seen };
    return { state: 'not-loaded', why: 'ghosts', ...named([], finding.ghosts), ...seen };
  }
  if (finding.kind === 'names-match' && expectation.shows === 'appearance') {
    return { state: 'loaded', by: 'model-list', ...seen };
  }
  const differs = finding.kind === 'list-differs' || finding.kind === 'names-differ';
  const lists = differs ? named(finding.missing, finding.ghosts) : named([], []);
  if (sighting.state === 'not-watched') return { state: 'not-loaded', why: 'deaf', ...lists, ...seen };
  if (differs) return { state: 'not-loaded', why: whyDifferent(finding, expectation), ...lists, ...seen };
  if (finding.kind === 'blind') return { state: 'unverified', why: finding.why, ...seen };
  if (expectation.shows === 'credentials')
    return { state: 'unverified', why: 'only-credentials-changed', ...seen };
  if (expectation.shows === 'nothing') return { state: 'unverified', why: 'nothing-to-check', ...seen };
  return { state: 'loaded', by: 'model-list', ...seen };
}

/** Only where part of what had to change did is the rest a ghost; otherwise nothing was loaded. */
function whyDifferent(
  finding: Extract<Finding, { missing: readonly string[] }>,
  expectation: NameExpectation,
): 'differs' | 'ghosts' {
  if (finding.kind === 'list-differs' || finding.missing.length > 0) return 'differs';
  if (expectation.shows !== 'removal') return 'ghosts';
  const left = new Set(finding.ghosts.map((id) => id.toLowerCase()));
  return expectation.mustGo.every((id) => left.has(id.toLowerCase())) ? 'differs' : 'ghosts';
}

function sight(question: ProxyQuestion): Promise<WatchSighting> {
  return sightWatch({ port: question.facts.port, realPath: question.realPath });
}

function named(
  missing: readonly string[],
  ghosts: readonly string[],
): { missing: string[]; missingCount: number; ghosts: string[]; ghostCount: number } {
  return {
    missing: missing.slice(0, NAMED_AT_MOST),
    missingCount: missing.length,
    ghosts: ghosts.slice(0, NAMED_AT_MOST),
    ghostCount: ghosts.length,
  };
}

function witnesses(
  notes: ManagementNotes,
  sighting: WatchSighting,
): ManagementNotes & { readonly watching: boolean | null; readonly pid: number | null } {
  const watching = sighting.state === 'watched' ? true : sighting.state === 'not-watched' ? false : null;
  return { ...notes, watching, pid: sighting.pid };
}
