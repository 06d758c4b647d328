import { hashSync } from 'bcryptjs';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProxyKeyAnswer } from '../../shared/schema/proxy-key.ts';
import type { ConfiguredTargets } from '../../shared/schema/remote.ts';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { filesBelow } from '../testing/engine-home.ts';
import { pipedCli } from '../testing/run-cli.ts';
import { needsTerminal, runInTerminal } from '../testing/run-in-terminal.ts';
import { runService } from '../testing/run-service.ts';
import { ErrorEnvelope, ReportEnvelope } from './json-envelope.ts';

const KEY = 'sk-test-canary-proxy-key-0123';
const WRONG = 'sk-test-canary-proxy-wrong-456';
const CHANGE = ['targets', 'change', 'local'];
const NEW = [...CHANGE, '--new-key'];

/** A home whose configuration has the hash of the key, which CCS does not know. */
async function homeWithHash(): Promise<CliHome> {
  const home = await cliHome(['glm']);
  home.writeConfig(`${home.readConfig()}remote-management:\n  secret-key: "${hashSync(KEY, 4)}"\n`);
  return home;
}

/** Names of our files that hold a piece of either key. */
function holding({ stateFolder }: CliHome): string[] {
  return filesBelow(stateFolder, '')
    .filter((path) => readFileSync(path, 'latin1').includes('sk-test-canary-proxy'))
    .map((path) => path.split('/').at(-1) ?? '');
}

async function known(home: CliHome): Promise<string> {
  return (await home.report<ConfiguredTargets>(['targets'])).local.known;
}

describe('the management key of the local proxy', () => {
  it('is piped in, told of in the list, and forgotten', async () => {
    const home = await homeWithHash();
    const said: string[] = [];
    const told = (run: { stdout: string; stderr: string }): string => {
      said.push(run.stdout, run.stderr);
      return run.stdout + run.stderr;
    };
    expect(told(await home.run(['targets']))).toMatch(
      /^Management key of the local proxy: No known key fits/m,
    );
    const kept = await pipedCli(home, NEW, `${KEY}\n`);
    expect([kept.code, told(kept)]).toEqual([0, 'The key fits the configuration, and is kept.\n']);
    expect(told(await home.run(['targets']))).toContain('The one that you entered is used.');
    expect([await known(home), holding(home)]).toEqual(['kept', ['keys.json']]);
    const json = await home.run([...CHANGE, '--forget-key', '--json']);
    told(json);
    expect(ProxyKeyAnswer.parse(ReportEnvelope.parse(JSON.parse(json.stdout)).report)).toEqual({
      fit: null,
      local: { url: `http://127.0.0.1:${home.port}`, known: 'none', keptFor: null },
    });
    expect(holding(home)).toEqual([]);
    expect(said.join('')).not.toContain('canary');
  });

  it('is not kept where it does not fit: that needs a person', async () => {
    const home = await homeWithHash();
    const refused = await pipedCli(home, NEW, WRONG);
    expect(refused.code).toBe(3);
    expect(refused.stdout).toContain("The key does not fit the configuration's secret-key");
    expect(refused.stdout).not.toContain('canary');
    const json = await pipedCli(home, [...NEW, '--json'], WRONG);
    expect([json.code, ReportEnvelope.parse(JSON.parse(json.stdout)).report]).toMatchObject([
      3,
      { fit: 'refused' },
    ]);
    expect(holding(home)).toEqual([]);
  });

  it('says how a key comes in where none did, and takes nothing else of local', async () => {
    const home = await homeWithHash();
    const none = await pipedCli(home, [...NEW, '--json'], '\n');
    expect(none.code).toBe(2);
    expect(ErrorEnvelope.parse(JSON.parse(none.stdout)).error).toMatchObject({
      code: 'target-value-invalid',
      next: expect.stringContaining('targets change local --new-key < key.txt') as string,
    });
    for (const [words, said] of [
      [CHANGE, 'change local needs --new-key or --forget-key'],
      [[...NEW, '--forget-key'], 'change local needs --new-key or --forget-key'],
      [[...NEW, '--manual'], '--manual is for servers'],
      [[...NEW, KEY], 'there is a word too much'],
    ] as const) {
      const { code, stderr } = await pipedCli(home, words, KEY);
      expect([words, code]).toEqual([words, 2]);
      expect(stderr).toContain(said);
      expect(stderr).not.toContain('canary');
    }
    expect(await known(home)).toBe('none');
  });

  it('goes through the service that runs', async () => {
    const home = await homeWithHash();
    const watch = await runService(home.home, ['watch']);
    expect((await pipedCli(home, NEW, KEY)).code).toBe(0);
    expect(await known(home)).toBe('kept');
    expect((await pipedCli(home, [...CHANGE, '--forget-key'], '')).code).toBe(0);
    expect(await known(home)).toBe('none');
    expect(await watch.end('SIGTERM')).toBe(0);
    expect([watch.output().includes('canary'), holding(home)]).toEqual([false, []]);
  });

  it.skipIf(!needsTerminal())('is asked for on a terminal, and does not appear there', async () => {
    const home = await homeWithHash();
    const { code, output } = await runInTerminal(home.home, NEW, {
      answers: [{ after: '(not shown):', type: `${KEY}\r` }],
    });
    expect(code).toBe(0);
    expect(output).toContain(`Management key for http://127.0.0.1:${home.port}`);
    expect(output).not.toContain('canary');
    expect(await known(home)).toBe('kept');
  });
});
