import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type HttpCall, httpCall } from './http-call.ts';

/** A server that gets the raw text of a request as it comes, and answers what it likes. */
async function rawServer(onText: (text: string, socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => onText((text += chunk.toString()), socket));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function put(port: number, beforeBody: () => Promise<boolean>): HttpCall {
  const origin = { host: '127.0.0.1', port, tls: 'off' } as const;
  return { origin, method: 'PUT', path: '/', headers: {}, body: '[1]', timeoutMs: 30_000, beforeBody };
}

const DONE = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';

describe('httpCall with a body that waits', () => {
  it('sends the body when the server asks for it, and not before', async () => {
    const order: string[] = [];
    const port = await rawServer((text, socket) => {
      order.push(text.endsWith('[1]') ? 'body' : 'headers');
      socket.write(text.endsWith('[1]') ? DONE : 'HTTP/1.1 100 Continue\r\n\r\n');
    });
    const look = (): Promise<boolean> => Promise.resolve(order.push('look') > 0);
    expect(await httpCall(put(port, look))).toMatchObject({ ok: true, value: { status: 200 } });
    expect(order).toEqual(['headers', 'look', 'body']);
  });

  it('sends it after a while to a server that never asks', async () => {
    const port = await rawServer((text, socket) => {
      if (text.endsWith('[1]')) socket.write(DONE);
    });
    const answer = await httpCall(put(port, () => Promise.resolve(true)));
    expect(answer).toMatchObject({ ok: true, value: { status: 200 } });
  });

  it('does not send it where it is no longer wanted', async () => {
    let seen = '';
    const port = await rawServer((text, socket) => {
      seen = text;
      socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    });
    const answer = await httpCall(put(port, () => Promise.resolve(false)));
    expect(answer).toEqual({ ok: false, error: { code: 'bad-answer', reason: 'withheld' } });
    expect(seen).not.toContain('[1]');
  });

  it('takes a refusal that comes before the body', async () => {
    let looked = false;
    const port = await rawServer((_text, socket) =>
      socket.write('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n'),
    );
    const look = (): Promise<boolean> => Promise.resolve((looked = true));
    expect(await httpCall(put(port, look))).toMatchObject({ ok: true, value: { status: 401 } });
    expect(looked).toBe(false);
  });
});
