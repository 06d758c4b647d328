import type { AddTarget, RemoteTarget } from '../../shared/schema/remote.ts';
import type { AppState, TargetState } from '../../shared/schema/state.ts';
import type { LiveDeps } from '../core/live/create-live-core.ts';
import type { LiveCore } from '../core/live-core.ts';
import { type EngineHome, engineHome, envOf, must } from './engine-home.ts';
import { startFaultyRemote } from './faulty-remote.ts';
import { liveHome, QUIET_CONFIG } from './live-home.ts';
import type { FaultyRemote, FaultyRemoteOptions } from './open-faulty-remote.ts';

export const OFFICE_KEY = 'sk-test-canary-management';

/** A sync of the server alone that nobody agreed to anything of. */
export const TO_OFFICE = {
  target: 'office',
  only: null,
  accepted: false,
  dryRun: false,
  create: false,
  targetNamed: false,
  verify: false,
};

/** A home whose profiles go to the local file and to a server `office`. */
export interface OfficeHome {
  readonly home: EngineHome;
  readonly server: FaultyRemote;
  readonly live: (over?: Partial<LiveDeps>) => LiveCore;
}

/** Set up, but nothing is alive yet. */
export async function officeHome(
  over: Partial<AddTarget> = {},
  profiles: readonly string[] = ['glm'],
  options: Partial<FaultyRemoteOptions> = {},
): Promise<OfficeHome> {
  const server = await startFaultyRemote({ key: OFFICE_KEY, ...options });
  const home = engineHome({ config: QUIET_CONFIG });
  for (const name of profiles) home.profile(name, envOf(name));
  await addServer(home.core, server, over);
  return { home, server, live: (deps = {}) => liveHome(home, deps) };
}

/** Sets a server up as `office`, unless it is to be called otherwise. */
export async function addServer(
  to: Pick<LiveCore, 'addTarget'>,
  server: FaultyRemote,
  over: Partial<AddTarget> = {},
): Promise<RemoteTarget> {
  return must(
    await to.addTarget({
      name: 'office',
      url: server.url,
      key: { kind: 'typed', key: OFFICE_KEY },
      keySource: 'file',
      profiles: null,
      mode: 'auto',
      certificate: server.fingerprint,
      plainHttp: false,
      ...over,
    }),
  );
}

export function targetOf({ targets }: AppState, id = 'office'): TargetState {
  const found = targets.find((target) => target.id === id);
  if (found === undefined) throw new Error(`No target ${id}`);
  return found;
}

/** The server is not being asked, and stands like this. */
export function officeIs(wanted: TargetState['state'], id = 'office'): (state: AppState) => boolean {
  return (state) => {
    const target = state.targets.find((one) => one.id === id);
    return target?.state === wanted && target.remote?.busy === false;
  };
}

/** The prefixes that a server holds, sorted. */
export function prefixesOn(server: FaultyRemote): readonly string[] {
  return server
    .entries()
    .map((entry) => String(entry['prefix']))
    .sort();
}
