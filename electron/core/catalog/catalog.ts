import type { Result } from '../../../shared/result.ts';
import {
  type CacheProblem,
  type Catalog,
  type CatalogFault,
  type CatalogOrigin,
  CatalogProvider,
  type CatalogState,
} from '../../../shared/schema/catalog.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import type { RefreshedBy } from './catalog-access.ts';
import { cachePath, readCache, removeCache, writeCache } from './catalog-cache.ts';
import { type CatalogSource, catalogSource } from './catalog-source.ts';
import { fetchCatalog, type FetchedCatalog } from './fetch-catalog.ts';
import { mergeCatalog } from './merge-catalog.ts';
import { noteSource, type SourcedCatalog, withSource } from './sourced-catalog.ts';
import { staticFacts, staticProvider } from './static-facts.ts';

/** How long what was fetched counts as fresh, in milliseconds: as CCS has it. */
export const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Clocks of two programs on one machine agree, those of two machines on a network drive nearly so. */
const CLOCK_LEEWAY_MS = 60_000;

/** The models that are known: the proxy's definitions over our facts. */
export interface CatalogKeeper {
  /** As it stands, without asking the proxy. */
  read(): Promise<Catalog>;
  /**
   * Asks the proxy that the settings name for everything anew; two at once are one. Never fails: `state.fault` says
   * why nothing came, and what was there before goes on serving.
   */
  refresh(by: RefreshedBy): Promise<Catalog>;
  /** Forgets what was fetched, for CCS as well. */
  reset(): Promise<Catalog>;
  /** How it stands now; changes are told to the listener. */
  state(): CatalogState;
}

/** `onState` gets each new state. Nothing is read before it is asked for. */
export function createCatalogKeeper(
  context: SyncContext,
  onState: (state: CatalogState) => void = () => undefined,
): CatalogKeeper {
  const { clock } = context;
  const path = cachePath(context.ccsDirectory);
  let memory: Memory = { fetched: null, fault: null, failed: [], problem: null };
  let flight: { readonly asked: string | null; readonly catalog: Promise<Catalog> } | null = null;
  let last = stateOf({ memory, cached: null, asks: null, models: 0, refreshing: false, nowMs: clock.now() });

  function tell(next: CatalogState): void {
    if (JSON.stringify(next) === JSON.stringify(last)) return;
    last = next;
    onState(next);
  }

  async function read(): Promise<Catalog> {
    const reading = await readCache(path);
    // One that was set aside, or could not be written, stays so until one is written.
    if (reading.problem?.code === 'broken') memory = { ...memory, problem: reading.problem };
    const problem = reading.problem ?? memory.problem;
    const cached = newer(memory.fetched, withSource(reading.cached, context));
    const facts = staticFacts();
    const providers = CatalogProvider.options
      .map((provider) => ({
        provider,
        known: staticProvider(facts, provider),
        remote: cached?.providers[provider] ?? [],
      }))
      .filter(({ known, remote }) => known !== null || remote.length > 0)
      .map(mergeCatalog);
    const models = providers.reduce((sum, one) => sum + one.models.length, 0);
    const { asks } = catalogSource(context);
    const about = { memory: { ...memory, problem }, cached, asks, models };
    tell(stateOf({ ...about, refreshing: flight !== null, nowMs: clock.now() }));
    return { state: last, staticFacts: { date: facts.date, from: facts.from }, providers };
  }

  async function refresh(source: CatalogSource, by: RefreshedBy): Promise<Catalog> {
    tell({ ...last, asks: source.asks, refreshing: true });
    const fetched = await fetchAll(source, by);
    if (fetched.ok) {
      const from = source.asks?.name ?? null;
      const fresh = { providers: fetched.value.providers, fetchedMs: clock.now(), from };
      // What other providers brought before goes on serving.
      const before = newer(memory.fetched, withSource((await readCache(path)).cached, context));
      const written = await writeCache(path, fresh);
      await noteSource(fresh, context);
      memory = {
        fetched: { ...fresh, providers: { ...before?.providers, ...fresh.providers } },
        fault: null,
        failed: fetched.value.failed,
        problem: written.ok ? null : written.error,
      };
    } else {
      memory = { ...memory, fault: fetched.error, failed: [] };
    }
    flight = null;
    return read();
  }

  return {
    read,
    refresh: async (by) => {
      const source = catalogSource(context);
      const asked = source.asks?.id ?? null;
      // Somebody chose another proxy while one was asked.
      while (flight !== null && flight.asked !== asked) await flight.catalog;
      flight ??= { asked, catalog: refresh(source, by) };
      return flight.catalog;
    },
    reset: async () => {
      const removed = await removeCache(path);
      memory = { fetched: null, fault: null, failed: [], problem: removed.ok ? null : removed.error };
      return read();
    },
    state: () => last,
  };
}

interface Memory {
  /** What this process fetched; it also serves where the cache can't be written. */
  readonly fetched: SourcedCatalog | null;
  readonly fault: CatalogFault | null;
  readonly failed: FetchedCatalog['failed'];
  readonly problem: CacheProblem | null;
}

async function fetchAll(
  source: CatalogSource,
  by: RefreshedBy,
): Promise<Result<FetchedCatalog, CatalogFault>> {
  const found = await source.find(by);
  if (!found.ok) return found;
  const fetched = await fetchCatalog(found.value.ask);
  await found.value.noteAnswer(fetched.ok ? null : fetched.error);
  return fetched;
}

function newer(one: SourcedCatalog | null, other: SourcedCatalog | null): SourcedCatalog | null {
  if (one === null || other === null) return one ?? other;
  return other.fetchedMs > one.fetchedMs ? other : one;
}

function stateOf(about: {
  readonly memory: Memory;
  readonly cached: SourcedCatalog | null;
  readonly asks: CatalogState['asks'];
  readonly models: number;
  readonly refreshing: boolean;
  readonly nowMs: number;
}): CatalogState {
  const { memory, cached, asks, models, refreshing, nowMs } = about;
  const { fault, failed, problem } = memory;
  const origin = originOf(cached, memory.fetched, nowMs);
  return { origin, asks, refreshing, models, fault, failed, cacheProblem: problem };
}

function originOf(
  cached: SourcedCatalog | null,
  fetched: SourcedCatalog | null,
  nowMs: number,
): CatalogOrigin {
  if (cached === null) return { kind: 'static' };
  const { fetchedMs, from } = cached;
  if (!isFresh(fetchedMs, nowMs)) return { kind: 'stale', fetchedMs, from };
  return { kind: fetched?.fetchedMs === fetchedMs ? 'live' : 'cached', fetchedMs, from };
}

/** A moment that lies ahead tells no age: a clock was set back, or the file is from elsewhere. */
export function isFresh(fetchedMs: number, nowMs: number): boolean {
  const ageMs = nowMs - fetchedMs;
  return ageMs >= -CLOCK_LEEWAY_MS && ageMs < LIFETIME_MS;
}
