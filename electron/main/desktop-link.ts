import type { AppError } from '../../shared/errors.ts';
import { createContext } from '../core/core.ts';
import type { Clock } from '../core/support/clock.ts';
import { type Connection, connectToService } from '../service/socket-client.ts';
import { socketPlace } from '../service/socket-path.ts';
import { type Service, type ServiceOptions, startService } from '../service/start-service.ts';

/** Whose state the desktop shows. */
export type DesktopLink =
  | { readonly kind: 'own'; readonly service: Service }
  /** Another host's service, reached through its socket. */
  | { readonly kind: 'attached'; readonly connection: Connection }
  /** `until`: when it is worth another try. */
  | { readonly kind: 'none'; readonly error: AppError; readonly until: Until };

export type Until =
  | { readonly kind: 'time'; readonly delayMs: number }
  /** The service of another version, which we only wait for to end. */
  | { readonly kind: 'end'; readonly connection: Connection };

/** A service that is just starting or ending answers after a moment: how long it gets, in milliseconds. */
const PATIENCE_MS = 5000;
const STEP_MS = 200;
/** Rights and full disks get mended without telling us, in milliseconds. */
const RETRY_MS = 5000;

/** Starts the service of a CCS directory, or finds the one that runs; stops trying where `isGivenUp`. */
export async function findLink(options: ServiceOptions, isGivenUp: () => boolean): Promise<DesktopLink> {
  const { clock } = options.deps;
  const deadlineMs = clock.now() + PATIENCE_MS;
  for (;;) {
    const started = await startService(options);
    if (started.ok) return { kind: 'own', service: started.value };
    const { error } = started;
    if (error.code !== 'service-runs') return failed(error);
    const connection = await connect(options);
    if (connection !== null) return linkOf(connection, options);
    if (isGivenUp() || clock.now() >= deadlineMs) return failed(error);
    await clock.sleep(STEP_MS);
  }
}

/** Resolves when a link is worth looking for again; a service of our own never ends by itself. */
export function untilLost(link: Exclude<DesktopLink, { readonly kind: 'own' }>, clock: Clock): Promise<void> {
  if (link.kind === 'attached') return link.connection.lost;
  return link.until.kind === 'end' ? link.until.connection.lost : clock.sleep(link.until.delayMs);
}

function linkOf(connection: Connection, { version }: ServiceOptions): DesktopLink {
  const { hello } = connection;
  if (hello.version === version) return { kind: 'attached', connection };
  return {
    kind: 'none',
    error: { code: 'service-other-version', pid: hello.pid, version: hello.version },
    until: { kind: 'end', connection },
  };
}

function failed(error: AppError): DesktopLink {
  return { kind: 'none', error, until: { kind: 'time', delayMs: RETRY_MS } };
}

async function connect({ deps }: ServiceOptions): Promise<Connection | null> {
  const context = createContext(deps);
  return context.ok ? connectToService(socketPlace(context.value)) : null;
}
