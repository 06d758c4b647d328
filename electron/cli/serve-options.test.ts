import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EngineHome, engineHome } from '../testing/engine-home.ts';
import { begin, visit } from '../testing/http-visitor.ts';
import { type RunningService, runService } from '../testing/run-service.ts';

function linkOf({ output }: RunningService): URL {
  return new URL(/http:\S+\/open\/\S+/.exec(output())?.[0] ?? '');
}

async function servedLink(service: RunningService): Promise<URL> {
  await expect.poll(service.output).toContain('/open/');
  return linkOf(service);
}

/** A browser that notes what it was to open, and with which rights others could read it. */
function fakeBrowser({ home }: EngineHome): { readonly path: string; readonly opened: string } {
  const folder = join(home, 'programs');
  const opened = join(home, 'opened');
  mkdirSync(folder);
  for (const name of ['xdg-open', 'open']) {
    writeFileSync(join(folder, name), `#!/bin/sh\nls -l "$1" > "${opened}.rights"\ncp "$1" "${opened}"\n`);
    chmodSync(join(folder, name), 0o700);
  }
  return { path: [folder, process.env['PATH'] ?? ''].join(delimiter), opened };
}

/** The address by which other machines reach this one; null where it has none. */
function ownAddress(): string | null {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}

describe('serve --open', () => {
  it('opens a link of its own in the browser, by way of a file that nobody else can read', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    const { path, opened } = fakeBrowser(home);
    const serve = await runService(home.home, ['serve', '--port', '0', '--open'], path);
    const printed = await servedLink(serve);
    await expect.poll(() => existsSync(opened) && readFileSync(opened, 'utf8')).toContain('url=http');
    const url = new URL(/url=([^"]+)"/.exec(readFileSync(opened, 'utf8'))?.[1] ?? '');
    expect(readFileSync(`${opened}.rights`, 'utf8')).toMatch(/^-rw------- /);
    const port = Number(url.port);
    const fromFile = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    const page = await visit(port, url.pathname, { headers: fromFile });
    expect([page.status, page.headers['set-cookie']?.length]).toEqual([200, 1]);
    // The printed one is still good: whoever sits at another machine needs it.
    expect((await visit(port, printed.pathname)).status).toBe(200);
    expect(await serve.end('SIGTERM')).toBe(0);
  });

  it('says so where no browser can be started, and serves all the same', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    const serve = await runService(home.home, ['serve', '--port', '0', '--open'], join(home.home, 'nowhere'));
    await expect.poll(serve.output).toContain('No browser could be started.');
    const { port, pathname } = await servedLink(serve);
    expect((await visit(Number(port), pathname)).status).toBe(200);
  });
});

describe('serve --host with --expose', () => {
  it('listens for other machines by address, and for no name but those of this one', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    const serve = await runService(home.home, ['serve', '--port', '0', '--host', '0.0.0.0', '--expose']);
    const link = await servedLink(serve);
    const port = Number(link.port);
    const host = `${ownAddress() ?? '192.0.2.1'}:${port}`;
    const opened = await visit(port, link.pathname, { headers: { host } });
    expect(opened.status).toBe(200);
    const cookie = opened.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const call = (name: string): Promise<number> =>
      visit(port, '/api/call/state.get', {
        method: 'POST',
        headers: { host: name, origin: `http://${name}`, cookie, 'content-type': 'application/json' },
        body: '{}',
      }).then(({ status }) => status);
    expect(await call(host)).toBe(200);
    expect(await call(`rebound.example:${port}`)).toBe(403);
    const away = ownAddress();
    if (away === null) return;
    const response = await begin(port, '/', { from: away });
    response.resume();
    expect(response.statusCode).toBe(401);
  });

  it('is refused by address where it listens on the loopback only', async () => {
    const serve = await runService(engineHome({ config: 'port: 8317\n' }).home, ['serve', '--port', '0']);
    const { port, pathname } = await servedLink(serve);
    const host = `192.0.2.1:${port}`;
    expect((await visit(Number(port), pathname, { headers: { host } })).status).toBe(403);
  });
});
