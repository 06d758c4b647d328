import { type Method, type MethodInput, type MethodOutput, METHODS } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { DEFAULT_SETTINGS } from '../../shared/schema/settings.ts';
import type { AppState, TargetState } from '../../shared/schema/state.ts';
import { GLANCE_NOW_MS } from '../../electron/testing/glance-states.ts';
import { profile as statusOf } from '../../electron/testing/glance-profiles.ts';
import { listPresets } from '../../electron/core/profiles/presets.ts';
import { fixtureCatalog } from './fixture-catalog.ts';
import { fixtureHistory } from './fixture-history.ts';
import { configuredOf, testOf } from './fixture-targets.ts';

/** What a service in this state answers; a method that is not named is `service-busy`. */
export type FixtureAnswers = {
  readonly [M in Method]?: (input: MethodInput<M>) => Result<MethodOutput<M>, AppError>;
};

/** Answers that fit a state, so that every view has something to show. */
export function answersFor(state: AppState): FixtureAnswers {
  const targetOf = (id = 'local'): TargetState | undefined =>
    state.targets.find((target) => target.id === id);
  return {
    'state.get': () => ok(state),
    'settings.get': () => ok(DEFAULT_SETTINGS),
    'settings.set': (change) => ok({ ...DEFAULT_SETTINGS, ...defined(change) }),
    'autostart.get': () => ok({ enabled: false }),
    'autostart.set': (wanted) => ok(wanted),
    'history.list': ({ target }) => {
      const hasHistory = (targetOf(target)?.lastRecord ?? null) !== null;
      return ok({ records: hasHistory ? fixtureHistory(targetOf(target)?.path) : [], first: hasHistory });
    },
    'targets.configured': () => ok(configuredOf(state)),
    'targets.test': () => ok(testOf(null)),
    'history.get': ({ id }) => {
      const record = fixtureHistory().find((one) => one.id === id);
      return record === undefined ? err({ code: 'unknown-record', id: String(id) }) : ok(record);
    },
    'catalog.get': () => ok(fixtureCatalog(state.catalog ?? {})),
    'catalog.refresh': () =>
      ok(fixtureCatalog({ origin: { kind: 'live', fetchedMs: GLANCE_NOW_MS, from: null } })),
    'catalog.reset': () => ok(fixtureCatalog({ origin: { kind: 'static' } })),
    'profiles.update': ({ name }) => ok(profileOf(name, state)),
    'profiles.get': ({ name }) => ok(profileOf(name, state)),
    'profiles.deleted': () => ok({ deleted: [] }),
    'profiles.excluded': () => ok({ excluded: [] }),
    'presets.list': () => ok({ presets: listPresets() }),
    'profiles.test': () => ok({ state: 'works', status: 200 }),
    'profiles.revealKey': () => ok({ key: 'sk-test-shown-on-purpose-3f9a' }),
    'sync.preview': ({ target }) =>
      ok({
        outcome: 'planned',
        target: { id: target ?? 'local', path: targetOf(target)?.path ?? '' },
        created: null,
        syncable: state.profiles.filter(({ reason }) => reason === null).length,
        plan: targetOf(target)?.plan ?? NO_PLAN,
        record: null,
        proxy: null,
      }),
    'diagnostics.report': () =>
      ok({
        version: '0.1.0',
        node: 'v24.9.0',
        platform: 'linux',
        stateFolder: '/home/ana/.local/state/cliproxy-sync',
        log: '/home/ana/.local/state/cliproxy-sync/log',
        state,
        doctor: { findings: [], checked: [] },
      }),
  };
}

const NO_PLAN = { operations: [], skipped: [], held: [], warnings: [], consent: [] };

/** Calls a method as the service's dispatch does: the answer keeps what the contract names, and must be valid. */
export function answer(answers: FixtureAnswers, method: string, input: unknown): Result<unknown, AppError> {
  if (!(method in METHODS)) return err({ code: 'unknown-method', method });
  const known = method as Method;
  const script = answers[known] as ((input: unknown) => Result<unknown, AppError>) | undefined;
  if (script === undefined) return err({ code: 'service-busy' });
  const result = script(METHODS[known].input.parse(input));
  return result.ok ? ok(METHODS[known].output.parse(result.value)) : result;
}

function profileOf(name: string, state: AppState): MethodOutput<'profiles.get'> {
  const { path, entry } = state.profiles.find((one) => one.name === name) ?? statusOf(name);
  const [model = '', ...extraModels] = entry?.models ?? [];
  const key = entry?.key ?? { present: false, last4: null, fingerprint: '' };
  const env = {
    ANTHROPIC_BASE_URL: entry?.baseUrl ?? '',
    ANTHROPIC_AUTH_TOKEN: `‹kept …${key.last4 ?? ''}›`,
    ANTHROPIC_MODEL: model,
  };
  return {
    name,
    path,
    registered: true,
    target: 'claude',
    version: 'fixture',
    fields: {
      baseUrl: entry?.baseUrl ?? '',
      model,
      extraModels,
      opusModel: model,
      sonnetModel: model,
      haikuModel: extraModels[0] ?? model,
      key,
    },
    raw: `${JSON.stringify({ env }, null, 2)}\n`,
    fault: null,
  };
}

/** Only what a change names: `undefined` names nothing. */
function defined<T extends object>(change: T): { readonly [K in keyof T]: Exclude<T[K], undefined> } {
  const named = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(named) as { readonly [K in keyof T]: Exclude<T[K], undefined> };
}
