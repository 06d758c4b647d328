import { onTestFinished } from 'vitest';
import { createClient, type Client } from '../../shared/client.ts';
import { systemClock } from '../core/support/clock.ts';
import { createContext, type CoreDeps } from '../core/core.ts';
import { NO_ABILITIES } from '../service/host-abilities.ts';
import { connectToService } from '../service/socket-client.ts';
import { socketPlace } from '../service/socket-path.ts';
import { type Service, type ServiceOptions, startService } from '../service/start-service.ts';
import type { Result } from '../../shared/result.ts';
import type { AppError } from '../../shared/errors.ts';
import type { CcsHome } from './lay-ccs-home.ts';
import { must } from './engine-home.ts';

/** What a test's home gives the engine. */
export function depsOf({ home }: CcsHome): CoreDeps {
  return { env: {}, homedir: home, platform: process.platform, clock: systemClock() };
}

/** Starts a service on a home, as `watch` does, until the test ends. */
export async function tryService(
  ccsHome: CcsHome,
  over: Partial<ServiceOptions> = {},
): Promise<Result<Service, AppError>> {
  const service = await startService({
    deps: depsOf(ccsHome),
    host: 'watch',
    version: '0.0.0-test',
    capabilities: { tray: false, autostart: false, notifications: false, openFile: false, clipboard: false },
    abilities: () => NO_ABILITIES,
    verbose: true,
    ...over,
  });
  if (service.ok) onTestFinished(() => service.value.close());
  return service;
}

/** A client of the service of a home, by its socket. */
export async function clientOf(ccsHome: CcsHome): Promise<Client> {
  const connection = await connectToService(socketPlace(must(createContext(depsOf(ccsHome)))));
  if (connection === null) throw new Error('no service runs');
  onTestFinished(() => connection.dispose());
  return createClient(connection);
}
