import type { Catalog, CatalogState } from '../../shared/schema/catalog.ts';
import { type CatalogKeeper, createCatalogKeeper } from '../core/catalog/catalog.ts';
import { cachePath } from '../core/catalog/catalog-cache.ts';
import { stateFolderPath } from '../core/files/state-folder.ts';
import type { Clock } from '../core/support/clock.ts';
import type { SyncContext } from '../core/sync/sync-context.ts';
import { emptyCcsHome } from './ccs-home.ts';
import { fakeClock } from './fake-clock.ts';
import { json, proxyIdentity, type Script, type ScriptedServer } from './open-scripted-server.ts';

/** The management key of the local proxy, known by its variable. */
export const CATALOG_KEY = 'sk-test-management-canary';
const DEFINITIONS = '/v0/management/model-definitions/';

/** A home whose catalog is asked for. */
export interface CatalogHome {
  readonly context: SyncContext;
  /** Path of the cache. */
  readonly cache: string;
  /** What the keeper told, in order. */
  readonly states: CatalogState[];
  readonly keeper: CatalogKeeper;
  /** The keeper of another process on the same home. */
  readonly nextKeeper: () => CatalogKeeper;
  /** Writes the proxy's configuration anew. */
  readonly configure: (port: number, secret: string) => void;
}

/** The catalog of a home that is there; its configuration is left as it is. */
export function catalogOfHome(
  home: { readonly home: string; readonly ccsDirectory: string },
  clock: Clock,
): Omit<CatalogHome, 'configure'> {
  const stateFolder = stateFolderPath({}, process.platform, home.home);
  if (!stateFolder.ok) throw new Error('no state folder');
  const context: SyncContext = {
    env: { CLIPROXY_MANAGEMENT_KEY: CATALOG_KEY },
    homedir: home.home,
    platform: process.platform,
    clock,
    ccsDirectory: home.ccsDirectory,
    stateFolder: stateFolder.value,
  };
  const states: CatalogState[] = [];
  const keeper = createCatalogKeeper(context, (state) => states.push(state));
  return {
    context,
    cache: cachePath(home.ccsDirectory),
    states,
    keeper,
    nextKeeper: () => createCatalogKeeper(context),
  };
}

/** A home whose configuration names a port and a secret. */
export function catalogHome(
  port: number,
  options: { readonly secret?: string; readonly clock?: Clock } = {},
): CatalogHome {
  const home = emptyCcsHome();
  const configure = (at: number, secret: string): void => {
    const named = JSON.stringify(secret);
    home.write(
      'cliproxy/config.yaml',
      `host: 127.0.0.1\nport: ${at}\nremote-management:\n  secret-key: ${named}\n`,
    );
  };
  configure(port, options.secret ?? CATALOG_KEY);
  return { ...catalogOfHome(home, options.clock ?? fakeClock()), configure };
}

/** A proxy that answers each channel with a model of its own, `special` ones otherwise. */
export function channels(special: Script = {}): Script {
  const all = ['antigravity', 'gemini', 'codex', 'claude', 'kimi', 'xai'];
  return {
    ...proxyIdentity(),
    ...Object.fromEntries(
      all.map((name) => [DEFINITIONS + name, json({ channel: name, models: [{ id: `${name}-live` }] })]),
    ),
    ...Object.fromEntries(Object.entries(special).map(([name, answer]) => [DEFINITIONS + name, answer])),
  };
}

/** How many requests carried the key. */
export function keysSent({ requests }: ScriptedServer): number {
  return requests.filter(({ authorization }) => authorization?.includes(CATALOG_KEY)).length;
}

export function modelIds({ providers }: Catalog): readonly string[] {
  return providers.flatMap(({ models }) => models.map(({ id }) => id));
}
