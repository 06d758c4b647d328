import { EVENTS } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok } from '../../shared/result.ts';
import type { AppState, Capabilities } from '../../shared/schema/state.ts';
import { createContext } from '../core/core.ts';
import type { Disposable } from '../core/support/disposable.ts';
import { logPath } from '../core/support/logger.ts';
import type { BugListener, Dispatch } from '../service/dispatch.ts';
import type { ServiceOptions } from '../service/start-service.ts';
import { createAttachedDispatch } from './attached-dispatch.ts';
import { type DesktopLink, findLink, untilLost } from './desktop-link.ts';
import { failedState } from './failed-state.ts';

/** What tray and window draw, and whom they ask: our own service, or the one that runs elsewhere. */
export interface DesktopService {
  readonly dispatch: Dispatch;
  /** Null until something is known. */
  state(): AppState | null;
  /** Whole states; the present one at once, where there is one. */
  subscribe(listener: (state: AppState) => void): Disposable;
  /** What this host can do has become another. */
  refreshCapabilities(): void;
  /** The world may have changed: a wake from sleep, a network that came back. */
  hint(): void;
  /** Ends our own service, and leaves another one running. Again does nothing. */
  close(): Promise<void>;
}

export interface DesktopServiceOptions extends Omit<ServiceOptions, 'host' | 'capabilities'> {
  readonly capabilities: () => Capabilities;
  readonly onBug: BugListener;
}

/** Finds or starts the service, and again whenever the one it is attached to has ended. */
export function createDesktopService(options: DesktopServiceOptions): DesktopService {
  const { deps, version, capabilities, abilities, onBug } = options;
  const listeners = new Set<(state: AppState) => void>();
  let latest: AppState | null = null;
  let link: DesktopLink | null = null;
  let dispatch: Dispatch = () => Promise.resolve(err({ code: 'service-gone' }));
  let isClosed = false;
  let known: () => void = () => undefined;
  const firstLink = new Promise<void>((resolve) => (known = resolve));
  let finish: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (finish = resolve));

  function publish(state: AppState): void {
    latest = { ...state, capabilities: capabilities() };
    for (const listener of listeners) listener(latest);
  }

  /** What a state is until the service has said one: a call of the host needs it. */
  function present(): AppState {
    if (latest === null) throw new Error('a host method was called before any state was known');
    return latest;
  }

  function follow(found: DesktopLink): () => void {
    switch (found.kind) {
      case 'own': {
        dispatch = found.service.dispatch;
        const following = found.service.live.subscribe(publish);
        return () => following.dispose();
      }
      case 'attached': {
        const { connection } = found;
        const context = createContext(deps);
        const log = context.ok ? logPath(context.value.stateFolder, context.value) : null;
        dispatch = createAttachedDispatch({ connection, abilities, state: present, log, onBug });
        return connection.subscribe('state', (payload) => publish(EVENTS.state.payload.parse(payload)));
      }
      case 'none': {
        const { error, until } = found;
        dispatch = (method) => Promise.resolve(method === 'state.get' ? ok(present()) : err(error));
        publish(stateOfFailure(error, until.kind === 'time' ? deps.clock.now() + until.delayMs : null));
        return () => undefined;
      }
    }
  }

  function stateOfFailure(error: AppError, retryAtMs: number | null): AppState {
    const revision = (latest?.revision ?? 0) + 1;
    return failedState({ error, retryAtMs, deps, version, capabilities: capabilities(), revision });
  }

  const isOver = (): boolean => isClosed;

  async function run(): Promise<void> {
    while (!isOver()) {
      const service = { ...options, host: 'tray', capabilities: capabilities() } as const;
      const found = await findLink(service, isOver);
      link = found;
      const unfollow = isOver() ? null : follow(found);
      known();
      await Promise.race([closed, ...(found.kind === 'own' ? [] : [untilLost(found, deps.clock)])]);
      unfollow?.();
      dispatch = () => Promise.resolve(err({ code: 'service-gone' }));
      if (isOver()) await letGo(found);
    }
  }

  const running = run();
  return {
    dispatch: async (method, input) => {
      await Promise.race([firstLink, closed]);
      const answer = await dispatch(method, input);
      if (method !== 'state.get' || !answer.ok) return answer;
      return ok({ ...(answer.value as AppState), capabilities: capabilities() });
    },
    state: () => latest,
    subscribe: (listener) => {
      listeners.add(listener);
      if (latest !== null) listener(latest);
      return { dispose: () => void listeners.delete(listener) };
    },
    refreshCapabilities: () => {
      if (latest !== null) publish(latest);
    },
    hint: () => {
      if (link?.kind === 'own') link.service.live.hint();
    },
    close: () => {
      isClosed = true;
      finish();
      return running;
    },
  };
}

async function letGo(link: DesktopLink): Promise<void> {
  if (link.kind === 'own') await link.service.close();
  else if (link.kind === 'attached') link.connection.dispose();
  else if (link.until.kind === 'end') link.until.connection.dispose();
}
