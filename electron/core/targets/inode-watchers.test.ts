import { copyFileSync, linkSync, mkdirSync, renameSync, symlinkSync, watch, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../testing/free-port.ts';
import { startRealProxy } from '../../testing/real-proxy.ts';
import { writeProxyConfig } from '../../testing/run-proxy.ts';
import { needsProxy } from '../../testing/requirements.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { sightWatch } from './inode-watchers.ts';

const program = needsProxy() ?? '';

function watchUntilTestEnds(path: string): void {
  const watcher = watch(path);
  onTestFinished(() => watcher.close());
}

/** A loopback server in this very process, which is no proxy. */
async function listenHere(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe.skipIf(program === '')('sightWatch on the real proxy', () => {
  it('sees that it watches its file, also through a symlink, and after writes in place', async () => {
    const folder = tempFolder();
    const { path, port } = await writeProxyConfig(folder);
    const link = join(folder, 'link.yaml');
    symlinkSync(path, link);
    const proxy = await startRealProxy(program, link);
    expect(await sightWatch({ port, realPath: path })).toEqual({ state: 'watched', pid: proxy.pid });
    writeFileSync(path, `port: ${port}\n`);
    expect(await sightWatch({ port, realPath: path })).toEqual({ state: 'watched', pid: proxy.pid });
  });

  it('sees that it watches it no more after a rename over it, whoever else does', async () => {
    const folder = tempFolder();
    const { path, port } = await writeProxyConfig(folder);
    const proxy = await startRealProxy(program, path);
    copyFileSync(path, `${path}.new`);
    renameSync(`${path}.new`, path);
    expect(await sightWatch({ port, realPath: path })).toEqual({ state: 'not-watched', pid: proxy.pid });
    watchUntilTestEnds(path);
    expect(await sightWatch({ port, realPath: path })).toEqual({ state: 'not-watched', pid: proxy.pid });
    await proxy.stop();
    const restarted = await startRealProxy(program, path);
    expect(await sightWatch({ port, realPath: path })).toEqual({ state: 'watched', pid: restarted.pid });
  });

  it('does not take a watch on the old inode, kept by another link, for one on the file', async () => {
    const { path, port } = await writeProxyConfig(tempFolder());
    await startRealProxy(program, path);
    linkSync(path, `${path}.old`);
    copyFileSync(path, `${path}.new`);
    renameSync(`${path}.new`, path);
    expect(await sightWatch({ port, realPath: path })).toMatchObject({ state: 'not-watched' });
  });

  it('does not call it deaf where it watches the folder of the file', async () => {
    const folder = tempFolder();
    const { path, port } = await writeProxyConfig(folder, { authDir: folder });
    await startRealProxy(program, path);
    copyFileSync(path, `${path}.new`);
    renameSync(`${path}.new`, path);
    expect(await sightWatch({ port, realPath: path })).toMatchObject({ state: 'unknown' });
  });

  it('sees that it was started with another file', async () => {
    const { port, path } = await writeProxyConfig(tempFolder());
    const proxy = await startRealProxy(program, path);
    const other = await writeProxyConfig(tempFolder(), { port });
    expect(await sightWatch({ port, realPath: other.path })).toEqual({
      state: 'other-config',
      pid: proxy.pid,
    });
  });
});

describe('sightWatch', () => {
  it('knows nothing where nobody listens', async () => {
    const { path } = await writeProxyConfig(tempFolder());
    expect(await sightWatch({ port: await freePort(), realPath: path })).toEqual({
      state: 'unknown',
      pid: null,
    });
  });

  it('knows nothing of a program that was started otherwise than a proxy on this file', async () => {
    const folder = tempFolder();
    const { path } = await writeProxyConfig(folder);
    const watched = join(folder, 'watched');
    mkdirSync(watched);
    watchUntilTestEnds(watched);
    const port = await listenHere();
    expect(await sightWatch({ port, realPath: path })).toEqual({ state: 'unknown', pid: process.pid });
  });

  it('knows nothing of a file that is not there', async () => {
    const port = await listenHere();
    expect(await sightWatch({ port, realPath: join(tempFolder(), 'gone') })).toMatchObject({
      state: 'unknown',
    });
  });
});
