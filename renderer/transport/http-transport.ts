import type { Transport } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';

/** How the page and the service stand to each other; `signed-out` asks for a new link. */
export type Connection = 'connecting' | 'open' | 'lost' | 'signed-out';

/** Waits between tries to reach the service again, in milliseconds; the last one goes on. */
const RETRY_MS = [500, 1000, 2000, 5000] as const;

/**
 * Calls over HTTP, states as Server-Sent Events. Errors of its own: `service-gone` where nothing answers; the
 * service's refusals (`signed-out`, `service-busy`) come as they are.
 */
export function httpTransport(onConnection: (connection: Connection) => void): Transport {
  return {
    call: async (method, input) => {
      try {
        const response = await fetch(`/api/call/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(input),
        });
        const answer = (await response.json()) as Result<unknown, AppError>;
        if (response.status === 401) onConnection('signed-out');
        return answer;
      } catch {
        return err({ code: 'service-gone' });
      }
    },
    subscribe: (event, listener) => openStream({ event, listener, onConnection }),
  };
}

interface StreamOptions {
  readonly event: string;
  readonly listener: (payload: unknown) => void;
  readonly onConnection: (connection: Connection) => void;
}

/** Listens until it is told to stop; whole states make a reconnect need nothing of the past. */
function openStream({ event, listener, onConnection }: StreamOptions): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let isStopped = false;

  const open = (): void => {
    source = new EventSource('/api/state');
    source.addEventListener('open', () => {
      tries = 0;
      onConnection('open');
    });
    source.addEventListener(event, ({ data }) => listener(JSON.parse(data as string)));
    source.addEventListener('error', () => {
      source?.close();
      void retry();
    });
  };

  /** An EventSource does not tell why it failed; a plain request does. */
  const retry = async (): Promise<void> => {
    const isSignedOut = await fetch('/api/call/settings.get', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }).then(
      ({ status }) => status === 401,
      () => false,
    );
    if (isStopped) return;
    onConnection(isSignedOut ? 'signed-out' : 'lost');
    if (isSignedOut) return;
    timer = setTimeout(open, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    tries += 1;
  };

  onConnection('connecting');
  open();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    source?.close();
  };
}
