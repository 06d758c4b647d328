import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { mappingRisks } from '../../../shared/rules/mapping-risks.ts';
import type { ProfileStatus, StatusReport } from '../../../shared/schema/status.ts';
import { maskKey, maskUrl } from '../plan/mask.ts';
import type { Fingerprint } from '../plan/owned-entry.ts';
import { nameOf, type TargetContext } from './file-place.ts';
import { openHistory } from './history.ts';
import { explainMissing } from './missing-target.ts';
import { observeTarget } from './observe-target.ts';
import { prepareSync } from './prepare-sync.ts';
import type { PreparedSync } from './prepared-sync.ts';
import type { TargetState } from './target-state.ts';
import type { SyncContext } from './sync-context.ts';
import { viewTarget } from './view-target.ts';
import { locateTarget, readWorld, type World } from './world.ts';
import { latestRecord } from './read-records.ts';

/** All that is known of one target and its profiles at one moment. */
export interface Survey {
  readonly target: TargetContext;
  readonly report: StatusReport;
  readonly world: World;
  readonly state: TargetState;
  readonly prepared: PreparedSync;
}

/**
 * Looks at everything and changes nothing: profiles, target, what a sync would do, and what the proxy has unless
 * that is not asked for. Errors: those of reading the profiles and the target.
 */
export async function surveyTarget(
  context: SyncContext,
  ask: { readonly proxy: boolean; readonly target?: string | undefined } = { proxy: true },
): Promise<Result<Survey, AppError>> {
  const located = await locateTarget(context, ask.target);
  if (!located.ok) return located;
  const target = located.value;
  const viewed = await viewTarget(target);
  if (!viewed.ok) return err(explainMissing(viewed.error, target));
  const state = viewed.value;
  const world = await readWorld(target, state.found.ledger);
  if (!world.ok) return world;
  const prepared = await prepareSync(
    state,
    { only: null, accepted: false },
    { world: world.value, ...target },
  );
  if (!prepared.ok) return prepared;
  const observable = { state, world: world.value, prepared: prepared.value, outcome: 'status' };
  const { config } = world.value;
  return ok({
    target,
    world: world.value,
    state,
    prepared: prepared.value,
    report: {
      ccsDirectory: context.ccsDirectory,
      autoSync: world.value.registryError !== null ? 'unknown' : (config?.autoSync ?? true) ? 'on' : 'off',
      target: nameOf(target),
      state: stateOf(state, prepared.value),
      lastChange: lastChange(state, target.place.history),
      profiles: profileStates(prepared.value, target.home.fingerprint),
      plan: prepared.value.view,
      proxy: ask.proxy ? await observeTarget(target, observable) : null,
    },
  });
}

function stateOf(state: TargetState, { plan }: PreparedSync): StatusReport['state'] {
  if (state.found.ledger.released) return 'released';
  if (plan.consent.length > 0 || plan.operations.some(({ op }) => op === 'review')) return 'review';
  return plan.operations.some(({ op }) => op !== 'leave') ? 'pending' : 'in-sync';
}

function lastChange(state: TargetState, historyFolder: string): StatusReport['lastChange'] {
  const { found } = state;
  const latest = latestRecord(openHistory(historyFolder), found);
  return latest === null ? null : { record: latest.id, time: latest.time, kind: latest.kind };
}

function profileStates({ plan, view, wishes }: PreparedSync, fingerprint: Fingerprint): ProfileStatus[] {
  const skipped = new Map(view.skipped.map(({ profile, reason }) => [profile, reason]));
  const operations = new Map(plan.operations.map((operation) => [operation.profile, operation]));
  return wishes.judged.map(({ name, path, registered, wanted }): ProfileStatus => {
    const reason = skipped.get(name) ?? null;
    const operation = operations.get(name);
    const entry =
      wanted === null
        ? null
        : {
            prefix: wanted.prefix,
            baseUrl: maskUrl(wanted.baseUrl),
            models: wanted.models,
            key: maskKey(wanted.apiKey, fingerprint),
          };
    const risks = mappingRisks(wanted?.baseUrl ?? '').map(({ code }) => code);
    return { name, path, registered, state: profileState(reason !== null, operation), reason, entry, risks };
  });
}

function profileState(
  skipped: boolean,
  operation: PreparedSync['plan']['operations'][number] | undefined,
): ProfileStatus['state'] {
  if (skipped) return 'skipped';
  if (operation === undefined) return 'synced';
  if (operation.op === 'review') return 'review';
  if (operation.op !== 'leave') return 'pending';
  return operation.why === 'held' ? 'held' : 'pending';
}
