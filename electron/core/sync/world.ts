import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { resolveTarget } from '../files/open-target.ts';
import type { CcsConfig } from '../profiles/ccs-config.ts';
import { discoverProfiles, type Snapshot } from '../profiles/discover-profiles.ts';
import { type CcsConfigReading, readCcsConfig } from '../profiles/read-ccs-config.ts';
import { claudeLoginNames } from '../targets/claude-logins.ts';
import { DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';
import { filePlace, localConfigPath, type TargetContext } from './file-place.ts';
import { type Home, peekHome } from './home.ts';
import type { Ledger } from './ledger.ts';
import { isLocal } from './remote-place.ts';
import type { SyncContext } from './sync-context.ts';

/** CCS's side of the world at one moment: its profiles, and how far its registry can be believed. */
export interface World {
  readonly snapshot: Snapshot;
  readonly config: CcsConfig | null;
  readonly ccsConfig: CcsConfigReading;
  /** `unknown`: never readable so far, so that nothing may be added or removed. */
  readonly registry: 'known' | 'last-known' | 'unknown';
  readonly registryError: AppError | null;
  /** Bare names that the user's own Claude logins in a proxy's auth-dir serve. */
  readonly loginNames: (authDir: string) => readonly string[];
}

/**
 * Finds a target of a CCS directory. Of the local file CCS's settings name the port, and with it the path; where they
 * can't be read, the port is the one that they named last. Errors: `target-unreadable`, `state-unusable`,
 * `unknown-target`.
 */
export async function locateTarget(
  context: SyncContext,
  id?: string,
  /** A key that a remote refused before may be sent to it once more. */
  retryRefused = false,
): Promise<Result<TargetContext, AppError>> {
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  if (!home.ok) return home;
  const ccsConfig = await readCcsConfig({ ...context, earlier: context.lastCcsConfig });
  const folders = { stateFolder: context.stateFolder, homeFolder: home.value.folder };
  if (id !== undefined && !isLocal(id)) {
    // Loaded where there is a remote at all.
    const { locateRemote } = await import('./locate-remote.ts');
    const found = locateRemote(context, home.value, { id, retryRefused });
    return found.ok ? ok({ context, home: home.value, ccsConfig, ...found.value }) : found;
  }
  const port =
    ccsConfig.state === 'read'
      ? ccsConfig.config.localPort
      : (home.value.memory.localPort ?? DEFAULT_PROXY_PORT);
  const path = localConfigPath(context.ccsDirectory, port);
  const real = await resolveTarget(path);
  if (!real.ok) return real;
  const place = filePlace({ port, path, realPath: real.value }, folders);
  return ok({ context, home: home.value, ccsConfig, place, remote: null });
}

/**
 * Reads the profiles. An unreadable world is not an empty one, so there is no plan where this fails:
 * `ccs-directory-missing`, `ccs-directory-unreadable`.
 */
export async function readWorld(target: TargetContext, ledger: Ledger): Promise<Result<World, AppError>> {
  const { context, home } = target;
  const snapshot = await discoverProfiles({
    ccsDirectory: context.ccsDirectory,
    homedir: context.homedir,
    env: context.env,
    clock: context.clock,
    lastRegistry: home.memory.registry,
    owned: ownedPlaces(home, ledger),
    ccsConfig: target.ccsConfig,
    readProfile: context.readProfile,
  });
  if (!snapshot.ok) return err(snapshot.error);
  const { registry, config, ccsConfig } = snapshot.value;
  return ok({
    snapshot: snapshot.value,
    config,
    ccsConfig,
    registry: registry.state,
    registryError: registry.state === 'known' ? null : registry.error,
    // The logins of a server on another machine can't be seen.
    loginNames: (authDir) => (target.remote === null ? claudeLoginNames(authDir, context.homedir) : []),
  });
}

/** Where the files of our entries' profiles were, as the registry last said or else by CCS's rule. */
function ownedPlaces({ ccsDirectory, memory }: Home, ledger: Ledger): { name: string; path: string }[] {
  const registered = new Map(memory.registry?.map(({ name, settingsPath }) => [name, settingsPath]));
  return ledger.entries.map(({ profile }) => ({
    name: profile,
    path: registered.get(profile) ?? join(ccsDirectory, `${profile}.settings.json`),
  }));
}
