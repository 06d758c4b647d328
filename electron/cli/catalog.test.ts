import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Catalog } from '../../shared/schema/catalog.ts';
import { cliHome } from '../testing/cli-home.ts';
import { startFaultyRemote } from '../testing/faulty-remote.ts';
import { proxyHome } from '../testing/proxy-home.ts';
import { startRealProxy } from '../testing/real-proxy.ts';
import { needsProxy } from '../testing/requirements.ts';
import { runCli } from '../testing/run-cli.ts';
import { needsTerminal, runInTerminal } from '../testing/run-in-terminal.ts';

const KEY = 'sk-test-management-canary';
const DEFINITIONS = Object.fromEntries(
  ['antigravity', 'gemini', 'codex', 'claude', 'kimi', 'xai'].map((name) => [name, [{ id: `${name}-x` }]]),
);

interface Envelope {
  readonly exitCode: number;
  readonly report: Catalog;
}

describe('the command `catalog`', () => {
  it('lists the built-in facts, and says that they are', async () => {
    const home = await cliHome();
    const { code, stdout } = await home.run(['catalog']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^PROVIDER +ID +NAME/m);
    expect(stdout).toMatch(/^claude +claude-\S+ \* /m);
    expect(stdout).toContain('Built-in facts only');
    expect(stdout).toContain('catalog refresh');
  });

  it('lists only what the options leave', async () => {
    const home = await cliHome();
    const { stdout } = await home.run(['catalog', '--provider', 'codex', '--tier', 'pro', '--json']);
    const { report } = JSON.parse(stdout) as Envelope;
    expect(Catalog.parse(report)).toEqual(report);
    expect(report.providers.map(({ provider }) => provider)).toEqual(['codex']);
    expect(report.providers[0]?.models.every(({ tier }) => tier === 'pro')).toBe(true);
    expect((await home.run(['catalog', '--search', 'no such model'])).stdout).toContain('No model matches.');
  });

  it('shows a model by its id in any case, and says what there is not', async () => {
    const home = await cliHome();
    const { code, stdout } = await home.run(['catalog', 'show', 'GPT-5.4']);
    expect(code).toBe(0);
    expect(stdout).toContain('GPT-5.4 (OpenAI Codex)');
    expect(stdout).toMatch(/^Thinking +low, medium, high, xhigh$/m);
    const unknown = await home.run(['catalog', 'show', 'gpt-0']);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('gpt-0') as string });
  });

  it('says why a refresh brought nothing, and what to do', async () => {
    const home = await cliHome();
    const { code, stdout, stderr } = await home.run(['catalog', 'refresh']);
    expect(code).toBe(3);
    expect(stderr).toContain("The proxy isn't running");
    expect(stdout).toContain('Built-in facts only');
    // No service runs here that would do it by itself.
    expect(stderr).toContain('Start CLIProxyAPI, then refresh.');
  });

  it('asks the server that --from names, then and from then on, in any case of its name', async () => {
    const remote = await startFaultyRemote({ key: KEY, definitions: DEFINITIONS });
    const home = await cliHome();
    const env = { CLIPROXY_SYNC_KEY_OFFICE: KEY };
    const add = ['targets', 'add', 'Office', remote.url, '--key-from-env', '--no-test'];
    expect((await home.run(add, env)).code).toBe(0);
    const first = await home.run(['catalog', 'refresh', '--from', 'OFFICE'], env);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain("Office's own definitions");
    const channels = Object.keys(DEFINITIONS).length;
    expect(remote.withKey()).toBe(channels);
    const again = await home.run(['catalog', 'refresh', '--json'], env);
    const { report } = JSON.parse(again.stdout) as Envelope;
    expect(Catalog.parse(report)).toEqual(report);
    expect(report.state).toMatchObject({ asks: { id: 'office' }, origin: { from: 'Office' } });
    expect(remote.withKey()).toBe(2 * channels);
    const local = await home.run(['catalog', 'refresh', '--from', 'local'], env);
    expect(local).toMatchObject({ code: 3, stderr: expect.stringContaining("The proxy isn't") as string });
    expect(remote.withKey()).toBe(2 * channels);
  });

  it.each([
    { first: ['sync', '--target', 'Office'], then: ['catalog', 'refresh', '--from', 'Office'] },
    { first: ['catalog', 'refresh', '--from', 'Office'], then: ['sync', '--target', 'Office'] },
  ])(
    'sends a key that was refused to $first no more, however often a script asks for $then',
    async (words) => {
      const remote = await startFaultyRemote({ key: KEY, definitions: DEFINITIONS });
      const home = await cliHome();
      const env = { CLIPROXY_SYNC_KEY_OFFICE: 'sk-test-management-wrong' };
      await home.run(['targets', 'add', 'Office', remote.url, '--key-from-env', '--no-test'], env);
      expect((await home.run(words.first, env)).code).toBe(3);
      expect(remote.withKey()).toBe(1);
      for (let run = 0; run < 5; run += 1) expect((await home.run(words.then, env)).code).toBe(3);
      expect(remote.withKey()).toBe(1);
    },
  );

  it('lists what gives images, and what does not say what it gives is left out', async () => {
    const home = await cliHome();
    home.write(
      'model-catalog-cache.json',
      JSON.stringify({
        providers: { gemini: [{ id: 'painter', supportedOutputModalities: ['image'] }, { id: 'silent' }] },
        fetchedAt: Date.now(),
      }),
    );
    const { stdout } = await home.run(['catalog', '--output', 'image', '--json']);
    const { report } = JSON.parse(stdout) as Envelope;
    expect(report.providers.flatMap(({ models }) => models.map(({ id }) => id))).toEqual(['painter']);
  });

  it.each([
    { words: ['catalog', 'show'] },
    { words: ['catalog', 'turn'] },
    { words: ['catalog', 'refresh', 'x'] },
    { words: ['catalog', 'refresh', '--tier', 'pro'] },
    { words: ['catalog', '--from', 'local'] },
    { words: ['catalog', 'refresh', '--from', 'nowhere'] },
    { words: ['catalog', '--provider', 'nobody'] },
    { words: ['catalog', '--thinking', 'maybe'] },
    { words: ['catalog', '--context', 'much'] },
  ])('refuses $words', async ({ words }) => {
    expect((await (await cliHome()).run(words)).code).toBe(2);
  });
});

describe.skipIf(!needsTerminal())('the command `catalog refresh` on a terminal', () => {
  it('sends a refused key once more, since a person asks, and a script then needs none', async () => {
    const remote = await startFaultyRemote({ key: KEY, definitions: DEFINITIONS });
    const home = await cliHome();
    const env = { CLIPROXY_SYNC_KEY_OFFICE: KEY };
    await home.run(['targets', 'add', 'Office', remote.url, '--key-from-env', '--no-test'], env);
    await remote.setFault({ kind: 'wrong-key' });
    expect((await home.run(['catalog', 'refresh', '--from', 'Office'], env)).code).toBe(3);
    await remote.setFault(null);
    expect((await home.run(['catalog', 'refresh'], env)).code).toBe(3);
    expect(remote.withKey()).toBe(1);
    const { code, output } = await runInTerminal(home.home, ['catalog', 'refresh'], { env });
    expect(code, output).toBe(0);
    expect((await home.run(['catalog', 'refresh'], env)).code).toBe(0);
  });
});

const program = needsProxy();

describe.skipIf(program === undefined)('the command `catalog` beside the real CLIProxyAPI', () => {
  it('fetches, keeps what was fetched for the next command, and forgets it on a reset', async () => {
    const { home, ccsDirectory, configPath } = await proxyHome();
    await startRealProxy(program ?? '', configPath);
    const refreshed = await runCli(home, ['catalog', 'refresh']);
    expect(refreshed.code, refreshed.stderr).toBe(0);
    expect(refreshed.stdout).toContain('Live');
    expect(statSync(join(ccsDirectory, 'model-catalog-cache.json')).mode & 0o777).toBe(0o600);
    const listed = JSON.parse(
      (await runCli(home, ['catalog', '--source', 'remote', '--json'])).stdout,
    ) as Envelope;
    expect(listed.report.state.origin.kind).toBe('cached');
    expect(listed.report.providers.length).toBeGreaterThan(3);
    const reset = JSON.parse((await runCli(home, ['catalog', 'reset', '--json'])).stdout) as Envelope;
    expect(reset.report.state.origin).toEqual({ kind: 'static' });
  });
});
