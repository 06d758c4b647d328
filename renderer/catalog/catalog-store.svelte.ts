import { getContext, setContext, untrack } from 'svelte';
import { type ListedModel, listModels } from '../../shared/catalog/filter-models.ts';
import { indexModels, type ModelIndex } from '../../shared/catalog/judge-model.ts';
import type { Answer } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Catalog, CatalogState } from '../../shared/schema/catalog.ts';
import type { App } from '../state/app.svelte.ts';

/** Progress that is over sooner is not shown. In milliseconds. */
const SHOWN_AFTER_MS = 300;

/** What the last thing that was asked for here came to. */
export type CatalogOutcome =
  | { readonly kind: 'refreshed' }
  /** The proxy brought nothing; the catalog's state says why. */
  | { readonly kind: 'nothing-came' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'failed'; readonly error: AppError };

/** The catalog for the whole window: read when the first view wants it, and anew when its state changes. */
export interface CatalogStore {
  /** Null until it was read. Its providers stay the same value while they say the same. */
  readonly catalog: Catalog | null;
  readonly models: readonly ListedModel[];
  readonly index: ModelIndex | null;
  /** As the service says it now, also while nothing is read. */
  readonly state: CatalogState | null;
  /** Why it could not be read. */
  readonly error: AppError | null;
  /** Whether something goes on that lasts. */
  readonly isBusy: boolean;
  readonly outcome: CatalogOutcome | null;
  /** Who asked has seen what it came to. */
  forget(): void;
  /** Reads and follows until what it returns is called. */
  follow(): () => void;
  reload(): Promise<void>;
  /** `from`: the id of the target that is asked from now on. */
  refresh(from?: string): Promise<void>;
  reset(): Promise<void>;
}

const KEY = Symbol('catalog');

/** To be called while the root component is made. */
export function provideCatalog(app: App): CatalogStore {
  let catalog = $state.raw<Catalog | null>(null);
  let error = $state.raw<AppError | null>(null);
  let outcome = $state.raw<CatalogOutcome | null>(null);
  let wanted = $state(0);
  /** What was asked for and is under way. */
  let flight: Promise<void> | null = null;
  let isLasting = $state(false);
  let asked = 0;

  const providers = $derived(catalog?.providers ?? []);
  const models = $derived(listModels({ providers }));
  const state = $derived(app.state?.catalog ?? catalog?.state ?? null);
  const index = $derived(catalog === null ? null : indexModels(catalog));
  /** A string, so that a state that says the same starts no new reading. */
  const told = $derived(keyOf(app.state?.catalog ?? null));

  const take = (next: Catalog): void => {
    error = null;
    const isSame = JSON.stringify(next.providers) === JSON.stringify(catalog?.providers);
    catalog = isSame && catalog !== null ? { ...next, providers: catalog.providers } : next;
  };
  const reload = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const answer = await app.client.call('catalog.get', {});
    if (mine !== asked) return;
    if (answer.ok) take(answer.value);
    else error = answer.error;
  };
  const carryOut = async (
    call: () => Promise<Answer<'catalog.refresh'>>,
    outcomeOf: (value: Catalog) => CatalogOutcome,
  ): Promise<void> => {
    outcome = null;
    const timer = setTimeout(() => (isLasting = true), SHOWN_AFTER_MS);
    const answer = await call();
    clearTimeout(timer);
    isLasting = false;
    asked += 1;
    if (answer.ok) take(answer.value);
    outcome = answer.ok ? outcomeOf(answer.value) : { kind: 'failed', error: answer.error };
  };

  /** Waits for the end of what is under way, however many wait with it. */
  const ask = async (...given: Parameters<typeof carryOut>): Promise<void> => {
    while (flight !== null) await flight;
    flight = carryOut(...given);
    await flight;
    flight = null;
  };

  $effect(() => {
    if (wanted === 0 || app.connection !== 'open') return;
    const key = told;
    untrack(() => {
      if (catalog === null || key !== keyOf(catalog.state)) void reload();
    });
  });

  const store: CatalogStore = {
    get catalog() {
      return catalog;
    },
    get models() {
      return models;
    },
    get index() {
      return index;
    },
    get state() {
      return state;
    },
    get error() {
      return error;
    },
    get isBusy() {
      return isLasting || state?.refreshing === true;
    },
    get outcome() {
      return outcome;
    },
    forget: () => {
      outcome = null;
    },
    follow: () => {
      untrack(() => (wanted += 1));
      return () => (wanted -= 1);
    },
    reload,
    refresh: async (from) => {
      // The same question once more; another proxy is another one, and must not be lost.
      if (from === undefined && flight !== null) return;
      await ask(
        () => app.client.call('catalog.refresh', { from, retryRefused: true }),
        ({ state: { fault } }) => (fault === null ? { kind: 'refreshed' } : { kind: 'nothing-came' }),
      );
    },
    reset: () =>
      ask(
        () => app.client.call('catalog.reset', {}),
        () => ({ kind: 'reset' }),
      ),
  };
  setContext(KEY, store);
  return store;
}

/** The window's catalog, followed while the component stands. */
export function useCatalog(): CatalogStore {
  const store = getContext<CatalogStore>(KEY);
  $effect(() => store.follow());
  return store;
}

/** What of a state says that there is something new to read. */
function keyOf(state: CatalogState | null): string {
  return JSON.stringify(state === null ? null : { ...state, refreshing: false });
}
