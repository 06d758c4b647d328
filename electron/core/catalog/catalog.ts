import { err, ok, type Result } from '../../../shared/result.ts';
import {
  type CacheProblem,
  type Catalog,
  type CatalogFault,
  type CatalogOrigin,
  CatalogProvider,
  type CatalogState,
} from '../../../shared/schema/catalog.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { findCatalogAccess } from './catalog-access.ts';
import { type CachedCatalog, cachePath, readCache, removeCache, writeCache } from './catalog-cache.ts';
import { fetchCatalog, type FetchedCatalog } from './fetch-catalog.ts';
import { mergeCatalog } from './merge-catalog.ts';
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
   * Asks the proxy for everything anew; two at once are one. Never fails: `state.fault` says why nothing came, and
   * what was there before goes on serving.
   */
  refresh(): Promise<Catalog>;
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
  let flight: Promise<Catalog> | null = null;
  let last = stateOf({ memory, cached: null, models: 0, refreshing: false, nowMs: clock.now() });

  function tell(next: CatalogState): void {
    if (JSON.stringify(next) === JSON.stringify(last)) return;
    last = next;
    onState(next);
  }

  async function read(): Promise<Catalog> {
    const reading = await readCache(path);
    memory = { ...memory, problem: reading.problem ?? keptProblem(memory) };
    const cached = newer(memory.fetched, reading.cached);
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
    tell(stateOf({ memory, cached, models, refreshing: flight !== null, nowMs: clock.now() }));
    return { state: last, staticFacts: { date: facts.date, from: facts.from }, providers };
  }

  async function refresh(): Promise<Catalog> {
    tell({ ...last, refreshing: true });
    const fetched = await fetchAll(context);
    if (fetched.ok) {
      const fresh: CachedCatalog = { providers: fetched.value.providers, fetchedMs: clock.now() };
      // What other providers brought before goes on serving.
      const before = newer(memory.fetched, (await readCache(path)).cached);
      const written = await writeCache(path, fresh);
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
    refresh: () => (flight ??= refresh()),
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
  readonly fetched: CachedCatalog | null;
  readonly fault: CatalogFault | null;
  readonly failed: FetchedCatalog['failed'];
  readonly problem: CacheProblem | null;
}

/** A cache that could not be written, or was set aside, stays so until one is written. */
function keptProblem({ problem }: Memory): CacheProblem | null {
  return problem?.code === 'unreadable' ? null : problem;
}

async function fetchAll(context: SyncContext): Promise<Result<FetchedCatalog, CatalogFault>> {
  const found = await findCatalogAccess(context);
  if (!found.ok) return found;
  const fetched = await fetchCatalog(found.value.access);
  if (fetched.ok) return ok(fetched.value);
  if (fetched.error === 'refused') await found.value.rememberRefusal();
  return err(fetched.error);
}

function newer(one: CachedCatalog | null, other: CachedCatalog | null): CachedCatalog | null {
  if (one === null || other === null) return one ?? other;
  return other.fetchedMs > one.fetchedMs ? other : one;
}

function stateOf(about: {
  readonly memory: Memory;
  readonly cached: CachedCatalog | null;
  readonly models: number;
  readonly refreshing: boolean;
  readonly nowMs: number;
}): CatalogState {
  const { memory, cached, models, refreshing, nowMs } = about;
  const { fault, failed, problem } = memory;
  const origin = originOf(cached, memory.fetched, nowMs);
  return { origin, refreshing, models, fault, failed, cacheProblem: problem };
}

function originOf(cached: CachedCatalog | null, fetched: CachedCatalog | null, nowMs: number): CatalogOrigin {
  if (cached === null) return { kind: 'static' };
  const { fetchedMs } = cached;
  if (!isFresh(fetchedMs, nowMs)) return { kind: 'stale', fetchedMs };
  return { kind: fetched?.fetchedMs === fetchedMs ? 'live' : 'cached', fetchedMs };
}

/** A moment that lies ahead tells no age: a clock was set back, or the file is from elsewhere. */
export function isFresh(fetchedMs: number, nowMs: number): boolean {
  const ageMs = nowMs - fetchedMs;
  return ageMs >= -CLOCK_LEEWAY_MS && ageMs < LIFETIME_MS;
}
