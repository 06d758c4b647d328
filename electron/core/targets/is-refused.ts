import { connect } from 'node:net';
import type { HttpOrigin } from './http-call.ts';

/** Loopback answers at once; whoever takes longer is asked properly, with a limit of its own. */
const TIMEOUT_MS = 2000;

/** Whether nothing listens at an address. Tells it without HTTP, which takes longer to load than to ask. */
export function isRefused({ host, port }: Pick<HttpOrigin, 'host' | 'port'>): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (refused: boolean): void => {
      socket.destroy();
      resolve(refused);
    };
    socket.setTimeout(TIMEOUT_MS, () => settle(false));
    socket.once('connect', () => settle(false));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNREFUSED'));
  });
}
