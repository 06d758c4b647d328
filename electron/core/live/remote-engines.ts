import type { AppError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import type { SyncReport } from '../../../shared/schema/sync.ts';
import type { Disposable } from '../support/disposable.ts';
import type { SyncRequest } from '../sync/sync-request.ts';
import { createRescanTimer } from '../watch/rescan-timer.ts';
import { createNetworkWatch } from './network-watch.ts';
import { createRemoteEngine, type RemoteEngine, type RemoteEngineDeps } from './remote-engine.ts';
import type { Cause } from './remote-policy.ts';
import { type RemoteSetup, setupChange, type SetupLooker } from './remote-setup.ts';

type Answer<T> = Promise<Result<T, AppError>>;

export interface RemoteEnginesDeps extends Omit<RemoteEngineDeps, 'onRest'> {
  readonly setups: SetupLooker;
  /** Differs where the machine's network does. */
  readonly network: () => string;
}

/** One engine for each remote server that is set up, beside each other and beside the local one. */
export interface RemoteEngines extends Disposable {
  /** Makes the set equal to what is set up; the state tells of it when this returns. */
  refresh(): void;
  /** The profiles were looked at. `wish`: differs where they may ask for something else. `isOn`: auto-sync is. */
  looked(found: { readonly wish: string; readonly isOn: boolean }): void;
  /** The machine woke up, or the network came back. */
  hint(): void;
  /** Error: `unknown-target`. */
  sync(id: string, request: SyncRequest): Answer<SyncReport>;
  /** A change of a remote that a person asked for. Error: `unknown-target`. */
  change<T>(id: string, work: () => Answer<T>): Answer<T>;
  /** Resolves when nothing is written any more. */
  settled(): Promise<void>;
}

interface Running {
  readonly engine: RemoteEngine;
  readonly setup: RemoteSetup;
}

export function createRemoteEngines(deps: RemoteEnginesDeps): RemoteEngines {
  const { store, setups } = deps;
  const { clock } = deps.context;
  const running = new Map<string, Running>();
  /** Of removed ones, too: what they write must be over before we let go. */
  const all = new Set<RemoteEngine>();
  let rescans: Disposable | null = null;
  let seen: { readonly wish: string; readonly isOn: boolean } | null = null;
  let isClosed = false;
  const network = createNetworkWatch({ clock, mark: deps.network, onChange: () => hintAll('hint') });

  function hintAll(cause: Cause): void {
    for (const { engine } of running.values()) engine.hint(cause);
  }

  function watchNetwork(): void {
    network.setNeeded(!isClosed && [...running.values()].some(({ engine }) => engine.waits()));
  }

  function refresh(): void {
    if (isClosed) return;
    const found = setups.look();
    // Where the list can't be read, what is set up is what was: nobody's entries are forgotten.
    if (!found.ok || found.value === null) return;
    const wanted = found.value;
    store.dispatch({ kind: 'remotes', remotes: wanted.map(({ target }) => target) });
    for (const [id, { engine }] of running) {
      if (!wanted.some(({ target }) => target.id === id)) end(id, engine);
    }
    for (const setup of wanted) arrange(setup);
    rescan(running.size > 0);
    watchNetwork();
  }

  function arrange(setup: RemoteSetup): void {
    const { target } = setup;
    const before = running.get(target.id);
    const engine = before?.engine ?? createRemoteEngine(target, { ...deps, onRest: watchNetwork });
    all.add(engine);
    running.set(target.id, { engine, setup });
    if (before === undefined) {
      // The first look at the profiles, which also says whether auto-sync is on, starts all that there are by then.
      if (seen !== null) engine.hint('start');
      return;
    }
    const change = setupChange(before.setup, setup);
    if (change === 'connection') engine.configure(target);
    else engine.rename(target);
    if (change === 'connection' || change === 'resumed') engine.hint(change);
    if (change === 'choice') engine.hint('profiles');
  }

  function end(id: string, engine: RemoteEngine): void {
    engine.dispose();
    running.delete(id);
    void engine.settled().then(() => all.delete(engine));
  }

  /** A look at each server every minute finds what others changed there. */
  function rescan(isNeeded: boolean): void {
    if (isNeeded === (rescans !== null)) return;
    rescans?.dispose();
    rescans = isNeeded ? createRescanTimer(clock, () => hintAll('rescan')) : null;
  }

  function withEngine<T>(id: string, work: (engine: RemoteEngine) => Answer<T>): Answer<T> {
    refresh();
    const engine = running.get(id)?.engine;
    return engine === undefined ? Promise.resolve(err({ code: 'unknown-target', name: id })) : work(engine);
  }

  return {
    refresh,
    looked: ({ wish, isOn }) => {
      const before = seen;
      seen = { wish, isOn };
      refresh();
      if (before === null) hintAll('start');
      else if (wish !== before.wish || (isOn && !before.isOn)) hintAll('profiles');
    },
    hint: () => hintAll('hint'),
    sync: (id, request) => withEngine(id, (engine) => engine.sync(request)),
    change: (id, work) => withEngine(id, (engine) => engine.change(work)),
    settled: async () => {
      await Promise.all([...all].map((engine) => engine.settled()));
    },
    dispose: () => {
      isClosed = true;
      rescan(false);
      network.dispose();
      for (const { engine } of running.values()) engine.dispose();
    },
  };
}
