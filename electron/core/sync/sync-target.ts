import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { SyncReport } from '../../../shared/schema/sync.ts';
import type { WriteError } from '../files/in-place-write.ts';
import type { CcsConfigReading } from '../profiles/read-ccs-config.ts';
import { nameOf, type TargetContext } from './file-place.ts';
import { type HomeMemory, updateHome } from './home.ts';
import { formatLedger, type Ledger } from './ledger.ts';
import { type FoundLedger, readLedger } from './ledger-file.ts';
import { explainMissing, makeMissing } from './missing-target.ts';
import { observeTarget } from './observe-target.ts';
import { prepareSync } from './prepare-sync.ts';
import type { PreparedSync } from './prepared-sync.ts';
import type { TargetState } from './target-state.ts';
import type { SyncContext } from './sync-context.ts';
import type { SyncRequest } from './sync-request.ts';
import type { Survey } from './status.ts';
import { stillHolds } from './still-holds.ts';
import type { TargetSession } from './target-change.ts';
import { withTargetSession } from './target-session.ts';
import { undoableOperations } from './undoable-operations.ts';
import { viewTarget } from './view-target.ts';
import { locateTarget, readWorld, type World } from './world.ts';

/** What a sync came to, with what looking at the proxy needs. */
interface Done {
  /** With its home as the sync saved it: the salt of one that was never saved is no lasting one. */
  readonly target: TargetContext;
  readonly outcome: SyncReport['outcome'];
  readonly state: TargetState;
  readonly world: World;
  readonly prepared: PreparedSync;
  readonly record: number | null;
}

/**
 * Makes a target hold what the profiles ask for, and looks whether the running proxy has it. A dry
 * run says what would be done and writes nothing at all, not even a lock.
 * Errors: everything that keeps profiles or target from being read, planned or written, each with its place.
 */
export async function syncTarget(
  context: SyncContext,
  request: SyncRequest,
): Promise<Result<SyncReport, AppError>> {
  const carried = await carryOut(context, request);
  if (!carried.ok) return carried;
  const { report, observe } = carried.value;
  return ok({ ...report, proxy: await observe() });
}

/** A sync that is written, before anybody looked at the proxy. */
export interface CarriedOut {
  readonly report: SyncReport;
  /** Looks whether the running proxy has it, which may take seconds; null where that was not asked for. */
  readonly observe: () => Promise<SyncReport['proxy']>;
}

/**
 * `syncTarget` in two steps, so that the next change need not wait for the look at the proxy. What a survey of a
 * moment ago found and planned is used where nothing of ours changed since (`stillHolds`).
 */
export async function carryOut(
  context: SyncContext,
  request: SyncRequest,
  survey: Survey | null = null,
): Promise<Result<CarriedOut, AppError>> {
  const located = await locateTarget(context, request.target, request.retryRefused);
  if (!located.ok) return located;
  const done = await attempt(located.value, request, survey);
  if (done.ok) return ok(carriedOut(done.value, request, null));
  return done.error.code === 'target-missing'
    ? withoutTarget(located.value, request, explainMissing(done.error, located.value))
    : done;
}

function carriedOut(done: Done, request: SyncRequest, created: string | null): CarriedOut {
  const { target, outcome, prepared, record } = done;
  const settled = outcome === 'written' || outcome === 'adopted' || outcome === 'in-sync';
  return {
    report: {
      outcome,
      target: nameOf(target),
      created,
      syncable: wantedOf(prepared, request) - prepared.plan.skips.length,
      plan: prepared.view,
      record,
      proxy: null,
    },
    observe: async () => (request.verify && settled ? observeTarget(target, done) : null),
  };
}

function attempt(
  target: TargetContext,
  request: SyncRequest,
  survey: Survey | null,
): Promise<Result<Done, AppError>> {
  return request.dryRun ? planOnly(target, request) : write(target, request, survey);
}

/** There is no configuration: CCS makes it on first use, or we do where we are asked to. */
async function withoutTarget(
  target: TargetContext,
  request: SyncRequest,
  missing: AppError,
): Promise<Result<CarriedOut, AppError>> {
  const { home, place } = target;
  if (!request.create) return err(missing);
  const found = readLedger(place.ledger, home.fingerprint);
  if (!found.ok) return found;
  if (isReleased(found.value.ledger, request)) return ok(releasedWithoutTarget(place.path));
  const made = await makeMissing(target, request, missing);
  if (!made.ok) return made;
  // Its folder may be new, too, and its real path with it.
  const located = await locateTarget(target.context);
  if (!located.ok) return located;
  const done = await attempt(located.value, request, null);
  return done.ok ? ok(carriedOut(done.value, request, place.path)) : done;
}

/** What is not managed is not made either. */
function releasedWithoutTarget(path: string): CarriedOut {
  return {
    report: {
      outcome: 'released',
      target: { id: 'local', path },
      created: null,
      syncable: 0,
      plan: { operations: [], skipped: [], held: [], warnings: [], consent: [] },
      record: null,
      proxy: null,
    },
    observe: () => Promise.resolve(null),
  };
}

async function planOnly(target: TargetContext, request: SyncRequest): Promise<Result<Done, AppError>> {
  const viewed = await viewTarget(target);
  if (!viewed.ok) return viewed;
  const state = viewed.value;
  const world = await readWorld(target, state.found.ledger);
  if (!world.ok) return world;
  const prepared = await prepareSync(state, request, { world: world.value, ...target });
  if (!prepared.ok) return prepared;
  const outcome = isReleased(state.found.ledger, request) ? 'released' : 'planned';
  return ok({ target, outcome, state, world: world.value, prepared: prepared.value, record: null });
}

async function write(
  located: TargetContext,
  request: SyncRequest,
  survey: Survey | null,
): Promise<Result<Done, AppError>> {
  // The salt must be on the disk before a fingerprint is; what CCS's settings say is remembered with it.
  const home = await updateHome(located.home, rememberedOf(located.ccsConfig), located.context.clock);
  if (!home.ok) return home;
  const target = { ...located, home: home.value };
  return withTargetSession(target, async (session): Promise<Result<Done, WriteError>> => {
    const found = survey !== null && stillHolds(survey, { target, request, state: session.state });
    // Read under the lock: what was read before it could be older than what another of us has just written.
    const world = found ? ok(survey.world) : await readWorld(target, session.state.found.ledger);
    if (!world.ok) return world;
    const remembered = await rememberWorld(target, world.value);
    if (!remembered.ok) return remembered;
    const prepared = found
      ? ok(survey.prepared)
      : await prepareSync(session.state, request, { world: world.value, ...target });
    if (!prepared.ok) return prepared;
    const base = { target, state: session.state, world: world.value, prepared: prepared.value, record: null };
    if (isReleased(session.state.found.ledger, request)) return ok({ ...base, outcome: 'released' });
    if (prepared.value.plan.consent.length > 0) return ok({ ...base, outcome: 'needs-consent' });
    if (isInSync(session.state.found, prepared.value)) return ok({ ...base, outcome: 'in-sync' });
    return commit(session, base);
  });
}

async function commit(
  session: TargetSession,
  base: Omit<Done, 'outcome'>,
): Promise<Result<Done, WriteError>> {
  const { prepared, state, target } = base;
  const committed = await session.commit({
    newText: prepared.newText,
    ledger: prepared.nextLedger,
    proof: { planFingerprint: prepared.planFingerprint, facts: prepared.facts },
    kind: 'sync',
    undoes: null,
    operations: prepared.view.operations,
    undo: undoableOperations(prepared, state.found.ledger, target.home.fingerprint),
    held: [],
  });
  if (!committed.ok) return committed;
  return ok({
    ...base,
    outcome: outcomeOf(prepared),
    record: committed.value.record,
  });
}

/** Where only our memory changed, as when a hold ends with its profile, nothing was done that anybody would see. */
function outcomeOf({ newText, plan }: PreparedSync): 'written' | 'adopted' | 'in-sync' {
  if (newText !== null) return 'written';
  return plan.operations.some(({ op }) => op === 'adopt') ? 'adopted' : 'in-sync';
}

/** How many profiles this sync was about. */
function wantedOf({ wishes }: PreparedSync, { only }: SyncRequest): number {
  return only === null
    ? wishes.wanted.length
    : wishes.wanted.filter(({ profile }) => only.includes(profile)).length;
}

function isReleased(ledger: Ledger, request: SyncRequest): boolean {
  return ledger.released && !request.targetNamed;
}

/** Nothing to write: neither in the file nor in what we remember of it. */
function isInSync({ state, ledger }: FoundLedger, { newText, nextLedger }: PreparedSync): boolean {
  if (newText !== null || state === 'lost') return false;
  if (state === 'none') return nextLedger.entries.length === 0 && nextLedger.holds.length === 0;
  const asBefore = { ...nextLedger, written: ledger.written, recovering: ledger.recovering };
  return formatLedger(ledger) === formatLedger(asBefore);
}

async function rememberWorld(target: TargetContext, world: World): Promise<Result<unknown, AppError>> {
  return updateHome(target.home, rememberedOf(world.ccsConfig, true), target.context.clock);
}

/** What is worth remembering of CCS's settings; `seen`: whether its directory was listed, with or without them. */
function rememberedOf(
  ccsConfig: CcsConfigReading,
  seen = false,
): (memory: HomeMemory) => Partial<HomeMemory> {
  return (memory) => {
    switch (ccsConfig.state) {
      case 'read': {
        const { profiles, localPort } = ccsConfig.config;
        const registry = profiles.map(({ name, settingsPath, target }) => ({ name, settingsPath, target }));
        return { seen: true, registry, localPort };
      }
      case 'absent':
        return seen ? { seen: true, registry: [] } : {};
      case 'unreadable':
        return { seen: seen || memory.seen };
    }
  };
}
