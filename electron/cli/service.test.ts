import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../shared/schema/status.ts';
import { type EngineHome, engineHome, envOf } from '../testing/engine-home.ts';
import { visit } from '../testing/http-visitor.ts';
import { cliReport, runCli } from '../testing/run-cli.ts';
import { runService } from '../testing/run-service.ts';

function homeWith(...names: readonly string[]): EngineHome {
  const home = engineHome({ config: 'port: 8317\n' });
  for (const name of names) home.profile(name, envOf(name));
  return home;
}

const left = ({ stateFolder }: EngineHome): string[] =>
  readdirSync(join(stateFolder, 'homes'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    /socket|lock|token/.test(path),
  );

describe('cliproxy-sync watch', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'syncs each change in a line, and ends cleanly with %s',
    async (signal) => {
      const home = homeWith('one');
      const watch = await runService(home.home, ['watch']);
      await expect.poll(home.readConfig).toContain('one-');
      home.profile('two', envOf('two'));
      await expect.poll(watch.output).toMatch(/^Change 2: add two$/m);
      expect(await watch.end(signal)).toBe(0);
      expect(left(home)).toEqual([]);
      expect(watch.output()).not.toContain('canary');
    },
  );

  it('is what the other commands talk to, with the same reports and exit codes', async () => {
    const home = homeWith('one');
    const watch = await runService(home.home, ['watch']);
    await expect.poll(watch.output).toContain('Change 1');
    const attached = await cliReport<StatusReport>(home.home, ['status']);
    const running = await runCli(home.home, ['status']);
    const link = await runCli(home.home, ['serve', '--link']);
    const undone = await runCli(home.home, ['undo']);
    const history = await runCli(home.home, ['history']);
    const unknown = await runCli(home.home, ['exclude', 'nobody', '--json']);
    expect([undone.code, home.readConfig()]).toEqual([0, 'port: 8317\n']);
    await watch.end('SIGTERM');
    expect(running.stdout).toContain(`watch, process ${watch.pid}`);
    expect((await runCli(home.home, ['status'])).stdout).toMatch(/^Service +none: /m);
    const noPage = `The service that runs (watch, process ${watch.pid}) has no page`;
    expect([link.code, link.stderr]).toEqual([1, expect.stringContaining(noPage)]);
    const alone = await runCli(home.home, ['history']);
    expect(history).toEqual(alone);
    expect(await runCli(home.home, ['exclude', 'nobody', '--json'])).toEqual(unknown);
    expect(attached).toMatchObject({ state: 'in-sync', profiles: [{ name: 'one', state: 'synced' }] });
  });

  it('is one at a time, and a killed one is no hindrance', async () => {
    const home = homeWith('one');
    const first = await runService(home.home, ['watch']);
    const second = await runCli(home.home, ['watch']);
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining(', watch)')]);
    await first.end('SIGKILL');
    // Not `status`: it may have been killed before its first sync.
    expect((await runCli(home.home, ['sync'])).code).toBe(0);
    const third = await runService(home.home, ['watch']);
    expect(await third.end('SIGTERM')).toBe(0);
  });
});

describe('what the command line says', () => {
  it('shows the help of each command with -h', async () => {
    const { home } = homeWith();
    for (const command of ['sync', 'status', 'watch', 'history'])
      expect(await runCli(home, [command, '-h'])).toEqual(await runCli(home, [command, '--help']));
  });

  it('heads one change as the list does', async () => {
    const { home } = homeWith('one');
    await runCli(home, ['sync']);
    await runCli(home, ['undo']);
    const row = (await runCli(home, ['history'])).stdout.split('\n')[1] ?? '';
    const [heading = ''] = (await runCli(home, ['history', 'show', '2'])).stdout.split('\n');
    expect(heading).toMatch(/^2 {2}.* UTC {2}undo of 1$/);
    expect(row.replaceAll(/ {2,}/g, '  ')).toContain(heading);
  });

  it('says what a purge leaves, and what removes that', async () => {
    const { home } = homeWith('one');
    await runCli(home, ['sync']);
    expect((await runCli(home, ['history', 'purge'])).stdout).toContain('history purge --first');
    expect((await runCli(home, ['history'])).stdout).toContain('No change is kept');
    expect((await runCli(home, ['history', 'purge', '--first', '--yes'])).stdout).not.toContain('--first');
  });

  it('does not speak of entries where a release finds none of ours', async () => {
    const { stdout } = await runCli(homeWith().home, ['release', '--remove']);
    expect(stdout).toContain('none of its entries was ours');
  });
});

describe('cliproxy-sync serve', () => {
  it('gives a link that opens once, and a new one on demand', async () => {
    const home = homeWith('one');
    const serve = await runService(home.home, ['serve', '--port', '0']);
    await expect.poll(serve.output).toContain('/open/');
    const url = new URL(/http:\S+/.exec(serve.output())?.[0] ?? '');
    const port = Number(url.port);
    expect((await visit(port, url.pathname)).status).toBe(200);
    const fresh = new URL((await runCli(home.home, ['serve', '--link'])).stdout.trim());
    const opened = await visit(port, fresh.pathname);
    const headers = {
      cookie: opened.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
      origin: `http://127.0.0.1:${port}`,
      'content-type': 'application/json',
    };
    const state = await visit(port, '/api/call/state.get', { method: 'POST', headers, body: '{}' });
    expect(JSON.parse(state.text)).toMatchObject({ ok: true, value: { service: { host: 'serve' } } });
    expect(state.text).not.toContain('canary');
    expect((await visit(port, url.pathname)).status).toBe(401);
    expect(await serve.end('SIGTERM')).toBe(0);
    expect(left(home)).toEqual([]);
  });

  it('tells its link as JSON where JSON was asked for', async () => {
    const serve = await runService(homeWith('one').home, ['serve', '--port', '0', '--json']);
    await expect.poll(serve.output).toContain('/open/');
    const line = serve
      .output()
      .split('\n')
      .find((one) => one.includes('/open/'));
    const url: unknown = expect.stringMatching(/^http:.*\/open\//);
    expect(JSON.parse(line ?? '')).toEqual({ time: expect.any(String) as unknown, kind: 'link', url });
    expect(await serve.end('SIGTERM')).toBe(0);
  });

  it('serves CCS’s paths to scripts with the token of its file', async () => {
    const home = homeWith('one');
    const serve = await runService(home.home, ['serve', '--port', '0']);
    await expect.poll(serve.output).toContain('Change 1');
    const file = /in (\S+http-token)/.exec(serve.output())?.[1] ?? '';
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const headers = {
      authorization: `Bearer ${readFileSync(file, 'utf8').trim()}`,
      'content-type': 'application/json',
    };
    const port = Number(/port (\d+)/.exec(serve.output())?.[1]);
    const ask = async (path: string, method = 'GET', body?: string): Promise<unknown> => {
      const answer = await visit(port, `/api/cliproxy/${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body }),
      });
      expect(answer.text).not.toContain('canary');
      return [answer.status, JSON.parse(answer.text)];
    };
    const configPath = home.configPath;
    expect(await ask('sync/status')).toEqual([
      200,
      { configured: true, configPath, currentKeyCount: 1, syncableProfileCount: 1 },
    ]);
    expect(await ask('sync/preview')).toMatchObject([
      200,
      { profiles: [{ name: 'one' }], payload: [{ 'api-key': '…6789' }], count: 1 },
    ]);
    expect(await ask('sync', 'POST')).toEqual([
      200,
      { success: true, syncedCount: 1, configPath, profiles: ['one'] },
    ]);
    expect(await ask('sync/auto-sync')).toEqual([200, { enabled: true, watching: true, syncing: false }]);
    expect(await ask('sync/auto-sync', 'PUT', '{"enabled":"no"}')).toMatchObject([400, {}]);
    expect(await ask('catalog')).toMatchObject([
      200,
      { source: 'static', cache: { synced: false, age: null } },
    ]);
    await serve.end('SIGTERM');
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    [['--host', '0.0.0.0'], 2, '--expose'],
    [['--port', '70000'], 2, '65535'],
    [['--link'], 1, 'No service runs'],
  ])('refuses %j and says why', async (words, code, why) => {
    const run = await runCli(homeWith().home, ['serve', ...words]);
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(why)]);
  });
});
