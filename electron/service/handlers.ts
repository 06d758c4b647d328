import type { DiagnosticsReport } from '../../shared/schema/diagnostics.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { LiveCore } from '../core/live-core.ts';
import { listPresets } from '../core/profiles/presets.ts';
import type { ProfileStore } from '../core/profiles/profile-store.ts';
import type { Handlers } from './dispatch.ts';
import type { HostAbilities } from './host-abilities.ts';
import { createHostHandlers } from './host-handlers.ts';

/** What stands in a diagnostics report beside the state. */
export type HostFacts = Pick<DiagnosticsReport, 'version' | 'node' | 'platform' | 'stateFolder' | 'log'>;

export interface HandlerDeps {
  readonly live: LiveCore;
  readonly store: ProfileStore;
  readonly abilities: () => HostAbilities;
  readonly facts: HostFacts;
}

/** Every method of the contract, on the living engine and the profile store. */
export function createHandlers(deps: HandlerDeps): Handlers {
  return { ...syncHandlers(deps), ...profileHandlers(deps), ...serviceHandlers(deps), ...hostHandlers(deps) };
}

type Some<Prefix extends string> = Pick<Handlers, Extract<keyof Handlers, `${Prefix}.${string}`>>;

function syncHandlers({
  live,
}: HandlerDeps): Some<
  'state' | 'status' | 'sync' | 'history' | 'hold' | 'autoSync' | 'pause' | 'targets' | 'proxyKey'
> {
  return {
    'state.get': () => Promise.resolve(ok(live.state())),
    'status.get': ({ target }) => live.status(target),
    'sync.run': (request) => live.sync(request),
    'sync.preview': ({ target }) =>
      live.sync({
        target,
        only: null,
        accepted: false,
        dryRun: true,
        create: false,
        targetNamed: false,
        verify: false,
      }),
    'sync.undo': ({ record, ...request }) =>
      record === 0 ? live.restoreFirst(request) : live.undo(record, request),
    'history.list': ({ target }) => live.history(target),
    'history.get': ({ id, target }) => live.historyRecord(id, target),
    'history.restore': ({ record, ...request }) => live.restoreLost(record, request),
    'history.purge': async ({ first, target }) =>
      mapped(await live.purgeHistory(first, target), (removed) => ({ removed })),
    'hold.release': async ({ profile, target }) => mapped(await live.releaseHold(profile, target), nothing),
    'autoSync.set': async (change) => mapped(await live.setAutoSync(change), nothing),
    'pause.set': async ({ untilMs }) => mapped(await live.setPause(untilMs), nothing),
    'targets.list': () => Promise.resolve(ok({ targets: live.state().targets })),
    'targets.release': ({ entries, ...request }) => live.release(entries, request),
    'targets.configured': () => live.targets(),
    'targets.test': (request) => live.testTarget(request),
    'targets.add': (request) => live.addTarget(request),
    'targets.update': (request) => live.updateTarget(request),
    'targets.remove': async (request) => mapped(await live.removeTarget(request), nothing),
    'proxyKey.set': ({ key }) => live.setProxyKey(key),
  };
}

function profileHandlers({
  live,
  store,
}: HandlerDeps): Omit<Some<'profiles' | 'presets'>, 'profiles.copyKey'> {
  return {
    'profiles.list': () => Promise.resolve(ok({ profiles: live.state().profiles })),
    'profiles.get': ({ name }) => store.get(name),
    'profiles.create': (request) => store.create(request),
    'profiles.update': (request) => store.update(request),
    'profiles.duplicate': (request) => store.duplicate(request),
    'profiles.rename': (request) => store.rename(request),
    'profiles.delete': ({ name }) => store.remove(name),
    'profiles.deleted': async () => mapped(await store.deleted(), (deleted) => ({ deleted })),
    'profiles.undelete': ({ id }) => store.undelete(id),
    'profiles.register': ({ name }) => store.register(name),
    'profiles.excluded': () => live.excluded(),
    'profiles.exclude': ({ change, names }) => live.exclude(change, names),
    'profiles.revealKey': async ({ name }) => mapped(await store.revealKey(name), (key) => ({ key })),
    'profiles.test': ({ name }) => store.test(name),
    'presets.list': () => Promise.resolve(ok({ presets: listPresets() })),
  };
}

function serviceHandlers({ live, facts }: HandlerDeps): Some<'catalog' | 'diagnostics' | 'settings'> {
  return {
    'catalog.get': () => live.catalog(),
    'catalog.refresh': (ask) => live.refreshCatalog(ask),
    'catalog.reset': () => live.resetCatalog(),
    'diagnostics.report': async () => ok({ ...facts, state: live.state(), doctor: await live.doctor() }),
    'settings.get': () => Promise.resolve(ok(live.settings())),
    'settings.set': (change) => live.setSettings(change),
  };
}

function hostHandlers({ live, store, abilities, facts }: HandlerDeps): ReturnType<typeof createHostHandlers> {
  return createHostHandlers({
    abilities,
    state: () => live.state(),
    revealKey: (name) => store.revealKey(name),
    log: facts.log,
  });
}

function mapped<T, U>(result: Result<T, AppError>, change: (value: T) => U): Result<U, AppError> {
  return result.ok ? ok(change(result.value)) : result;
}

function nothing(): Record<string, never> {
  return {};
}
