import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AppError } from '../../shared/errors.ts';
import { errnoOf } from '../core/files/file-failure.ts';
import type { Clock } from '../core/support/clock.ts';
import { createOneTimeLinks, newToken } from './http-access.ts';
import { SECURITY_HEADERS, sendError } from './http-answer.ts';
import { DEFAULT_LIMITS, type HttpLimits } from './http-limits.ts';
import { createHttpRoutes, type RouteDeps } from './http-routes.ts';

export interface HttpOptions extends Pick<
  RouteDeps,
  'dispatch' | 'states' | 'ccs' | 'window' | 'bearer' | 'onBug'
> {
  readonly clock: Clock;
  readonly address: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The user agreed to an address that other machines reach. */
  readonly exposed: boolean;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpService {
  readonly port: number;
  /** A new link that opens the page once. */
  readonly link: () => string;
  /** Ends all connections. Again does nothing. */
  readonly close: () => Promise<void>;
}

/** Listens for the page and for scripts. Error: `cannot-listen`. */
export async function startHttp(options: HttpOptions): Promise<Result<HttpService, AppError>> {
  const { createServer } = await import('node:http');
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const links = createOneTimeLinks(options.clock);
  const { address, exposed } = options;
  let route: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: Math.min(1000, limits.headersMs),
      keepAliveTimeout: 5000,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      if (route === null) sendError(response, 503, { code: 'service-busy' });
      else route(request, response);
    },
  );
  server.maxConnections = limits.connections;
  const port = await listen(server, options);
  if (!port.ok) return port;
  route = createHttpRoutes({ ...options, limits, links, token: newToken(), port: port.value });
  const host = address.includes(':') ? `[${address}]` : address === '0.0.0.0' ? '127.0.0.1' : address;
  return ok({
    port: port.value,
    link: () => `http://${exposed && host === '[::]' ? '[::1]' : host}:${port.value}/open/${links.create()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function listen(server: Server, { address, port }: HttpOptions): Promise<Result<number, AppError>> {
  return new Promise((resolve) => {
    server.once('error', (error) =>
      resolve(err({ code: 'cannot-listen', address: `${address}:${port}`, reason: errnoOf(error) })),
    );
    server.listen(port, address, () => resolve(ok((server.address() as AddressInfo).port)));
  });
}
