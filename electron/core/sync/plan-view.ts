import { mappingRisks } from '../../../shared/rules/mapping-risks.ts';
import type { PlanView, PlanWarning, SkippedProfile } from '../../../shared/schema/plan.ts';
import { looseMode } from '../files/permissions.ts';
import { describeOperations } from '../plan/describe.ts';
import { maskUrl } from '../plan/mask.ts';
import type { Plan } from '../plan/plan.ts';
import type { Home } from './home.ts';
import type { TargetState } from './target-state.ts';
import type { Wishes } from './wishes.ts';
import type { World } from './world.ts';

interface PlanSurroundings {
  readonly state: TargetState;
  readonly world: World;
  readonly home: Home;
}

/** A plan as it may be shown: masked, and with what else a person should know before it is carried out. */
export function planView(made: Plan, wishes: Wishes, surroundings: PlanSurroundings): PlanView {
  const view = viewOf(made, wishes, surroundings);
  return surroundings.state.remote === undefined ? view : withoutLines(view);
}

/** A server has a list: the lines are those of the text that we make of it. */
function withoutLines(view: PlanView): PlanView {
  return {
    ...view,
    operations: view.operations.map((operation) => ({ ...operation, line: null })),
    skipped: view.skipped.map((skipped) =>
      skipped.reason.code === 'prefix-taken'
        ? { ...skipped, reason: { ...skipped.reason, line: null } }
        : skipped,
    ),
    warnings: view.warnings.map((warning) => {
      if (warning.code === 'shared-bare-name')
        return { ...warning, others: warning.others.map((other) => ({ ...other, line: null })) };
      return 'line' in warning ? { ...warning, line: null } : warning;
    }),
  };
}

function viewOf(made: Plan, wishes: Wishes, { state, world, home }: PlanSurroundings): PlanView {
  const byName = new Map(wishes.judged.map((judged) => [judged.name, judged]));
  const skipped: SkippedProfile[] = wishes.judged.flatMap((judged) =>
    judged.skip !== null
      ? [{ profile: judged.name, path: judged.path, registered: judged.registered, reason: judged.skip }]
      : [],
  );
  for (const { profile, reason } of made.skips) {
    const judged = byName.get(profile);
    skipped.push({ profile, path: judged?.path ?? '', registered: judged?.registered ?? false, reason });
  }
  return {
    operations: describeOperations(made.operations, home.fingerprint),
    skipped,
    held: made.operations.flatMap((operation) =>
      operation.op === 'leave' && operation.why === 'held' ? [operation.profile] : [],
    ),
    warnings: [
      ...worldWarnings(state, world),
      ...droppedWarnings(state, made),
      ...made.warnings,
      ...riskWarnings(made, wishes),
    ],
    consent: made.consent,
  };
}

function worldWarnings(state: TargetState, world: World): PlanWarning[] {
  const warnings: PlanWarning[] = [];
  if (looseMode(state.mode, process.platform)) {
    warnings.push({ code: 'readable-by-others', path: state.path, mode: state.mode.toString(8) });
  }
  if (world.registryError?.code === 'registry-unreadable') {
    const { path } = world.registryError;
    warnings.push({ code: 'registry-unreadable', path, lastKnown: world.registry === 'last-known' });
  }
  return warnings;
}

/** What a write through the server's API would cost others; where nothing is written, nothing is lost. */
function droppedWarnings({ remote }: TargetState, { operations }: Plan): PlanWarning[] {
  const writes = operations.some(({ op }) => op !== 'leave' && op !== 'review');
  return writes ? (remote?.dropped ?? []).map((one) => ({ code: 'fields-dropped', ...one })) : [];
}

/** Base URLs that CLIProxyAPI will make something unexpected of; said when the entry is written. */
function riskWarnings(made: Plan, wishes: Wishes): PlanWarning[] {
  const written = new Set(
    made.operations.flatMap(({ op, profile }) =>
      op === 'add' || op === 'update' || op === 'adopt' ? [profile] : [],
    ),
  );
  return wishes.wanted.flatMap(({ profile, baseUrl }): PlanWarning[] =>
    written.has(profile)
      ? mappingRisks(baseUrl).map((risk) => ({
          code: 'base-url',
          profile,
          risk: risk.code,
          baseUrl: maskUrl(baseUrl),
        }))
      : [],
  );
}
