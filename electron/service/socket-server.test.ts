import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ok } from '../../shared/result.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { systemClock } from '../core/support/clock.ts';
import { must } from '../testing/engine-home.ts';
import { sampleState } from '../testing/sample-state.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import type { Dispatch } from './dispatch.ts';
import { connectToService, type Connection } from './socket-client.ts';
import { isOurSocket, type SocketPlace, socketPlace } from './socket-path.ts';
import { MOST_LINE_BYTES } from './socket-protocol.ts';
import { type SocketService, startSocket } from './socket-server.ts';

interface TestSocket extends SocketService {
  readonly place: SocketPlace;
  readonly listeners: Set<(state: AppState) => void>;
}

async function socket(
  folder = tempFolder(),
  dispatch: Dispatch = (method, input) => Promise.resolve(ok({ method, input })),
): Promise<TestSocket> {
  const place = { folder, path: join(folder, 'socket') };
  const listeners = new Set<(state: AppState) => void>();
  const started = must(
    await startSocket({
      place,
      hello: { service: 'cliproxy-sync', version: '1.2.3', pid: 42, host: 'watch' },
      dispatch,
      states: {
        subscribe: (listener) => {
          listeners.add(listener);
          listener(sampleState());
          return { dispose: () => void listeners.delete(listener) };
        },
      },
      clock: systemClock(),
    }),
  );
  onTestFinished(() => started.close());
  return { ...started, place, listeners };
}

async function connected(place: SocketPlace): Promise<Connection> {
  const connection = await connectToService(place);
  if (connection === null) throw new Error('nobody there');
  onTestFinished(() => connection.dispose());
  return connection;
}

describe('the control socket', () => {
  it('says who it is and answers calls, several at a time', async () => {
    const { place } = await socket();
    const connection = await connected(place);
    expect(connection.hello).toEqual({ service: 'cliproxy-sync', version: '1.2.3', pid: 42, host: 'watch' });
    const answers = await Promise.all(['a', 'b', 'ü\n'].map((input) => connection.call('state.get', input)));
    expect(answers).toEqual(['a', 'b', 'ü\n'].map((input) => ok({ method: 'state.get', input })));
  });

  it('tells of states until the client goes', async () => {
    const { place, listeners } = await socket();
    const connection = await connected(place);
    const revisions: number[] = [];
    connection.subscribe('state', (state) => revisions.push((state as AppState).revision));
    await expect.poll(() => revisions).toEqual([7]);
    for (const tell of listeners) tell(sampleState({ revision: 8 }));
    await expect.poll(() => revisions).toEqual([7, 8]);
    connection.dispose();
    await expect.poll(() => listeners.size).toBe(0);
  });

  it('is for its user alone, and gone with the service', async () => {
    const { place, close } = await socket();
    expect(lstatSync(place.path).mode & 0o777).toBe(0o600);
    expect(isOurSocket(place)).toBe(true);
    await close();
    expect(isOurSocket(place)).toBe(false);
    expect(await connectToService(place)).toBeNull();
  });

  it('takes over what a killed service left', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'socket'), 'left');
    const { place } = await socket(folder);
    expect((await connected(place)).hello.pid).toBe(42);
  });

  it('tells a client that waits that the service ended', async () => {
    const { place, close } = await socket(tempFolder(), () => new Promise(() => undefined));
    const connection = await connected(place);
    const answer = connection.call('sync.run', {});
    await new Promise((resolve) => setImmediate(resolve));
    await close();
    expect(await answer).toEqual({ ok: false, error: { code: 'service-gone' } });
    expect(await connection.call('sync.run', {})).toEqual({ ok: false, error: { code: 'service-gone' } });
  });

  it.each([
    ['no JSON', 'GET / HTTP/1.1\r\n'],
    ['no request', '{"id":"x"}\n'],
    ['an endless line', 'x'.repeat(MOST_LINE_BYTES + 1)],
  ])('ends a connection that sends %s, and lives on', async (_name, text) => {
    const { place } = await socket();
    const stranger = connect(place.path);
    stranger.on('error', () => undefined);
    const closed = new Promise((resolve) => stranger.resume().once('close', resolve));
    stranger.write(text);
    await closed;
    expect((await (await connected(place)).call('state.get', {})).ok).toBe(true);
  });

  it('is not believed where others may write to its folder', async () => {
    const { place } = await socket();
    const { chmodSync } = await import('node:fs');
    chmodSync(place.folder ?? '', 0o777);
    expect(await connectToService(place)).toBeNull();
  });
});

describe('the place of the control socket', () => {
  const context = (
    stateFolder: string,
    env: Record<string, string> = {},
  ): Parameters<typeof socketPlace>[0] => ({
    env,
    homedir: '/home/ana',
    platform: 'linux',
    clock: systemClock(),
    ccsDirectory: '/home/ana/.ccs',
    stateFolder,
  });

  it('is our folder of the CCS directory', () => {
    const { path, folder } = socketPlace(context('/home/ana/.local/state/cliproxy-sync'));
    expect(path).toMatch(/^\/home\/ana\/\.local\/state\/cliproxy-sync\/homes\/[0-9a-f]{16}\/socket$/);
    expect(path).toBe(`${folder}/socket`);
  });

  it.each([
    [
      'in the runtime folder',
      { XDG_RUNTIME_DIR: '/run/user/1000' },
      /^\/run\/user\/1000\/cliproxy-sync\/[0-9a-f]{16}$/,
    ],
    ['in the temporary folder', {}, /^\/tmp\/cliproxy-sync-\d*\/[0-9a-f]{16}$/],
    [
      'in a short folder where all are long',
      { XDG_RUNTIME_DIR: `/${'r'.repeat(100)}` },
      /^\/tmp\/cliproxy-sync-\d*\/[0-9a-f]{16}$/,
    ],
  ])('is short: %s', (_name, env, place) => {
    const long = `/home/${'ü'.repeat(60)}/state`;
    const { path } = socketPlace(context(long, env), '/tmp');
    expect(path).toMatch(place);
    expect(Buffer.byteLength(path)).toBeLessThan(104);
    expect(path).not.toBe(socketPlace(context(`${long}2`, env), '/tmp').path);
  });

  it('works in a folder with a long name', async () => {
    const home = join(tempFolder(), 'x'.repeat(120));
    mkdirSync(home, { recursive: true });
    const place = socketPlace({ ...context(home), ccsDirectory: join(home, '.ccs') }, tempFolder('s-'));
    const started = must(
      await startSocket({
        place,
        hello: { service: 'cliproxy-sync', version: '1', pid: 1, host: 'watch' },
        dispatch: () => Promise.resolve(ok({})),
        states: { subscribe: () => ({ dispose: () => undefined }) },
        clock: systemClock(),
      }),
    );
    onTestFinished(() => started.close());
    expect(isOurSocket(place)).toBe(true);
  });

  it('is a named pipe on Windows', () => {
    expect(socketPlace({ ...context('C:\\s'), platform: 'win32' }).path).toMatch(
      /^\\\\\.\\pipe\\cliproxy-sync-[0-9a-f]{16}$/,
    );
  });
});
