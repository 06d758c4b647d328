import { join } from 'node:path';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AppState, Capabilities } from '../../shared/schema/state.ts';
import { type CoreDeps, createContext } from '../core/core.ts';
import { acquireLock, type Lock } from '../core/files/lock.ts';
import { ensureFolder } from '../core/files/state-folder.ts';
import { createLiveCore } from '../core/live/create-live-core.ts';
import type { LiveCore } from '../core/live-core.ts';
import { createProfileStore } from '../core/profiles/profile-store.ts';
import { createLogger, type Logger, logPath } from '../core/support/logger.ts';
import { peekHome } from '../core/sync/home.ts';
import type { SyncContext } from '../core/sync/sync-context.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { createGate } from './gate.ts';
import { createHandlers } from './handlers.ts';
import type { HostAbilities } from './host-abilities.ts';
import { logStates } from './log-states.ts';
import { connectToService } from './socket-client.ts';
import { socketPlace } from './socket-path.ts';
import { type SocketService, startSocket } from './socket-server.ts';

export interface ServiceOptions {
  readonly deps: CoreDeps;
  readonly host: AppState['service']['host'];
  readonly version: string;
  readonly capabilities: Capabilities;
  /** Asked at each call: a host may come to offer something later. */
  readonly abilities: () => HostAbilities;
  /** Details into the log as well. */
  readonly verbose: boolean;
}

/** The living service of one CCS directory, reached through its control socket. */
export interface Service {
  readonly live: LiveCore;
  readonly dispatch: Dispatch;
  readonly logger: Logger;
  /** Our own folder for this CCS directory. */
  readonly folder: string;
  /** Waits for what is being written and answered; then socket and lock are gone. Again does nothing. */
  close(): Promise<void>;
}

/**
 * Starts the service of a CCS directory. There is one at a time: `service-runs` tells where the other one is.
 * Errors besides: `no-home`, `state-unusable`, `disk-full`, `cannot-listen`.
 */
export async function startService(options: ServiceOptions): Promise<Result<Service, AppError>> {
  const context = createContext(options.deps);
  if (!context.ok) return context;
  const home = peekHome(context.value.stateFolder, context.value.ccsDirectory);
  if (!home.ok) return home;
  const { folder } = home.value;
  const made = await ensureFolder(folder);
  if (!made.ok) return made;
  const lock = await acquireLock(join(folder, 'service.lock'), { clock: options.deps.clock, waitMs: 0 });
  if (!lock.ok) return err(await whoRuns(lock.error, context.value));
  const service = await startLocked(options, { context: context.value, folder, lock: lock.value });
  if (!service.ok) await lock.value.release();
  return service;
}

interface Locked {
  readonly context: SyncContext;
  readonly folder: string;
  readonly lock: Lock;
}

async function startLocked(
  options: ServiceOptions,
  { context, folder, lock }: Locked,
): Promise<Result<Service, AppError>> {
  const { deps, host, version, capabilities, verbose } = options;
  const { clock } = deps;
  const logger = createLogger({ path: logPath(context.stateFolder, context), clock, verbose });
  const service = { pid: process.pid, host, version };
  const live = createLiveCore({ ...deps, service, capabilities });
  if (!live.ok) return live;
  const facts = {
    version,
    node: process.version,
    platform: context.platform,
    stateFolder: context.stateFolder,
    log: logger.path,
  };
  const store = createProfileStore(context);
  const handlers = createHandlers({ live: live.value, store, abilities: options.abilities, facts });
  const gate = createGate(
    createDispatch(handlers, (method, bug) =>
      logger.write({ level: 'error', event: 'bug', method, bug: stackOf(bug) }),
    ),
  );
  const socket = await startSocket({
    place: socketPlace(context),
    hello: { service: 'cliproxy-sync', ...service },
    dispatch: gate.dispatch,
    states: live.value,
    clock,
  });
  if (!socket.ok) {
    await live.value.shutDown();
    return socket;
  }
  const log = logStates(live.value, logger);
  logger.write({ level: 'info', event: 'started', host, version, ccsDirectory: context.ccsDirectory });
  let closing: Promise<void> | null = null;
  return ok({
    live: live.value,
    dispatch: gate.dispatch,
    logger,
    folder,
    close: () => (closing ??= close({ live: live.value, gate, socket: socket.value, lock, log, logger })),
  });
}

async function close(parts: {
  readonly live: LiveCore;
  readonly gate: ReturnType<typeof createGate>;
  readonly socket: SocketService;
  readonly lock: Lock;
  readonly log: { dispose(): void };
  readonly logger: Logger;
}): Promise<void> {
  await parts.gate.close();
  parts.log.dispose();
  await parts.live.shutDown();
  await parts.socket.close();
  await parts.lock.release();
  parts.logger.write({ level: 'info', event: 'ended' });
}

/** The other service says itself what it is; one that does not answer is known by its lock. */
async function whoRuns(error: AppError, context: SyncContext): Promise<AppError> {
  if (error.code !== 'locked') return error;
  const connection = await connectToService(socketPlace(context));
  const host = connection?.hello.host ?? '';
  connection?.dispose();
  return { code: 'service-runs', pid: error.pid, host };
}

/** Code and paths; what the core throws holds no key. */
function stackOf(bug: unknown): string {
  return bug instanceof Error ? (bug.stack ?? bug.message) : String(bug);
}
