import { getContext, setContext } from 'svelte';
import { type Client, createClient } from '../../shared/client.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/schema/settings.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { Glance } from '../../shared/state/glance.ts';
import { createSteadyGlance } from '../../shared/state/steady-glance.ts';
import { type Connection, httpTransport } from '../transport/http-transport.ts';
import { ipcTransport } from '../transport/ipc-transport.ts';
import { createFolds, type Folds } from './folds.svelte.ts';
import { createIntents, type Intents } from './intents.svelte.ts';
import { createLanguage, type Language } from './language.svelte.ts';
import { createNow, type Now } from './now.svelte.ts';
import { createRouter, type Router } from './route.svelte.ts';
import { createSeenDrift, type SeenDrift } from './seen-drift.svelte.ts';
import { createToasts, type Toasts } from './toasts.svelte.ts';

/** What every part of the window works with. */
export interface App {
  readonly client: Client;
  /** Null until the service has said how things stand. */
  readonly state: AppState | null;
  readonly glance: Glance;
  readonly connection: Connection;
  readonly settings: Settings;
  /** Takes over what `settings.set` answered. */
  setSettings(settings: Settings): void;
  readonly now: Now;
  readonly language: Language;
  readonly router: Router;
  readonly toasts: Toasts;
  readonly intents: Intents;
  readonly seenDrift: SeenDrift;
  readonly folds: Folds;
  /** Whether something was typed that closing the window would lose. */
  unsaved: boolean;
}

const KEY = Symbol('app');

/** The window's own state, on the transport that the host offers. To be called while the root component is made. */
export function createApp(): App {
  const language = createLanguage();
  const now = createNow();
  const router = createRouter();
  const toasts = createToasts();
  const intents = createIntents();
  const seenDrift = createSeenDrift();
  const folds = createFolds();
  let connection = $state<Connection>('connecting');
  let state = $state.raw<AppState | null>(null);
  let glance = $state.raw<Glance>({ kind: 'starting' });
  let settings = $state.raw<Settings>(DEFAULT_SETTINGS);
  let unsaved = $state(false);

  const bridge = window.cliproxySync;
  const client = createClient(
    bridge === undefined ? httpTransport((next) => (connection = next)) : ipcTransport(bridge),
  );
  const steady = createSteadyGlance(
    {
      now: () => Date.now(),
      setTimer: (delayMs, callback) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
    },
    (next) => (glance = next),
  );

  const setSettings = (next: Settings): void => {
    settings = next;
    language.choose(next.language);
    const root = document.documentElement;
    if (next.appearance === 'system') root.removeAttribute('data-theme');
    else root.dataset['theme'] = next.appearance;
  };

  $effect(() =>
    client.subscribe('state', (next) => {
      state = next;
      if (bridge !== undefined) connection = 'open';
      steady.take(next);
    }),
  );
  // Another window, the command line or the tray may have changed them meanwhile.
  $effect(() => {
    if (connection !== 'open') return;
    const read = (): void => {
      void client.call('settings.get', {}).then((answer) => {
        if (answer.ok) setSettings(answer.value);
      });
    };
    read();
    addEventListener('focus', read);
    return () => removeEventListener('focus', read);
  });
  $effect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
      // Chromium before 119, and what is made of it, asks only where this is set, too.
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way there
      event.returnValue = true;
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  });
  $effect(() => () => {
    steady.dispose();
    now.dispose();
    router.dispose();
    toasts.dispose();
  });

  const app: App = {
    client,
    get state() {
      return state;
    },
    get glance() {
      return glance;
    },
    get connection() {
      return connection;
    },
    get settings() {
      return settings;
    },
    setSettings,
    now,
    language,
    router,
    toasts,
    intents,
    seenDrift,
    folds,
    get unsaved() {
      return unsaved;
    },
    set unsaved(next) {
      unsaved = next;
    },
  };
  setContext(KEY, app);
  return app;
}

/** The window's state, for every component. */
export function useApp(): App {
  return getContext<App>(KEY);
}
