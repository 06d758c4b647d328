import { spawn } from 'node:child_process';
import { openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf, stateOf } from '../testing/engine-home.ts';
import { startRealProxy } from '../testing/real-proxy.ts';
import { needsProxy } from '../testing/requirements.ts';
import { CLI } from '../testing/run-cli.ts';

/** A home, synced once. */
async function syncedHome(profiles?: readonly string[]): Promise<CliHome> {
  const home = await cliHome(profiles);
  expect((await home.run(['sync'])).code).toBe(0);
  return home;
}

const FIVE = ['aa', 'bb', 'cc', 'dd', 'ee'];

interface Case {
  readonly when: string;
  readonly words: readonly string[];
  readonly home?: () => Promise<CliHome>;
  readonly setUp?: (home: CliHome) => unknown;
}

const cases: Readonly<Record<0 | 1 | 2 | 3, readonly Case[]>> = {
  0: [
    { when: 'a sync wrote', words: ['sync'], home: cliHome },
    { when: 'there was nothing to do', words: ['sync'] },
    { when: 'a named profile was written', words: ['sync', 'glm'], home: cliHome },
    { when: 'there is no profile at all', words: ['sync', '--strict'], home: () => cliHome([]) },
    { when: 'a dry run shows changes', words: ['sync', '--dry-run'], home: cliHome },
    {
      when: 'a profile was skipped that needs you',
      words: ['sync'],
      setUp: ({ profile }) => profile('mm', {}),
    },
    {
      when: 'strict, and only profiles were skipped that are not for this proxy',
      words: ['sync', '--strict'],
      setUp: async ({ run }) => run(['exclude', 'mm']),
    },
    {
      when: 'a mass removal is agreed to beforehand',
      words: ['sync', '--yes'],
      home: () => syncedHome(FIVE),
      setUp: ({ ccsDirectory }) =>
        FIVE.slice(1).forEach((name) => rmSync(join(ccsDirectory, `${name}.settings.json`))),
    },
    { when: 'all is in sync', words: ['status'] },
    { when: 'profiles are listed', words: ['profiles'] },
    { when: 'the history is listed', words: ['history'] },
    { when: 'a record is shown', words: ['history', 'show', '1'] },
    { when: 'an undo is done', words: ['undo'] },
    { when: 'an undo is only looked at', words: ['undo', '--dry-run'] },
    { when: 'the first bytes are restored', words: ['undo', 'first'] },
    { when: 'a profile is excluded', words: ['exclude', 'mm'] },
    { when: 'excluded profiles are listed', words: ['exclude'] },
    { when: 'the target is released', words: ['release', '--keep'] },
    { when: 'the history is purged', words: ['history', 'purge'] },
    { when: 'the first bytes are purged with consent', words: ['history', 'purge', '--first', '--yes'] },
    { when: 'nothing needs a hand', words: ['doctor'] },
    { when: 'help is asked for', words: ['--help'] },
    { when: 'help for a command is asked for', words: ['sync', '--help'] },
    { when: 'the version is asked for', words: ['--version'] },
  ],
  1: [
    { when: 'the target is no YAML', words: ['sync'], setUp: ({ writeConfig }) => writeConfig('port: [') },
    {
      when: 'a dry run can’t read the target',
      words: ['sync', '--dry-run'],
      setUp: ({ writeConfig }) => writeConfig('a: 1\na: 2\n'),
    },
    { when: 'there is no target', words: ['sync'], setUp: ({ configPath }) => rmSync(configPath) },
    { when: 'status finds no target', words: ['status'], setUp: ({ configPath }) => rmSync(configPath) },
    {
      when: 'the CCS directory is gone',
      words: ['sync'],
      setUp: ({ ccsDirectory }) => renameSync(ccsDirectory, `${ccsDirectory}-gone`),
    },
    { when: 'doctor finds a problem', words: ['doctor'], setUp: ({ profile }) => profile('mm', {}) },
    { when: 'there is nothing to undo', words: ['undo'], home: cliHome },
    { when: 'there is nothing to bring back', words: ['history', 'restore'] },
    { when: 'nothing was ever changed that could be restored', words: ['undo', 'first'], home: cliHome },
    {
      when: 'doctor can’t even read the target',
      words: ['doctor'],
      setUp: ({ writeConfig }) => writeConfig('[]'),
    },
  ],
  2: [
    { when: 'there is no command', words: [] },
    { when: 'the command is unknown', words: ['snyc'] },
    { when: 'help for an unknown command is asked for', words: ['help', 'snyc'] },
    { when: 'an option comes first', words: ['--json', 'sync'] },
    { when: 'an option is unknown', words: ['sync', '--force'] },
    { when: 'a flag is given a value', words: ['sync', '--yes=1'] },
    { when: 'an option lacks its value', words: ['sync', '--target'] },
    { when: 'a word is too much', words: ['status', 'glm'] },
    { when: 'the profile is unknown', words: ['sync', 'nobody'] },
    { when: 'one of several profiles is unknown', words: ['sync', 'glm', 'nobody'] },
    { when: 'an option is there twice', words: ['sync', '--target', 'a', '--target', 'local'] },
    { when: 'the target is unknown', words: ['sync', '--target', 'office'] },
    { when: 'the target to release is unknown', words: ['release', '--keep', '--target', 'office'] },
    { when: 'the record to undo is unknown', words: ['undo', '99'] },
    { when: 'the record to show is unknown', words: ['history', 'show', '99'] },
    { when: 'a record is no number', words: ['undo', 'last'] },
    { when: 'a record is not named', words: ['history', 'show'] },
    { when: 'the action is unknown', words: ['history', 'clear'] },
    { when: 'an option belongs to another action', words: ['history', 'purge', '--dry-run'] },
    { when: 'the profile to exclude is unknown', words: ['exclude', 'nobody'] },
    { when: 'the profile to take in again was not excluded', words: ['exclude', '--remove', 'glm'] },
    { when: 'no profile to take in again is named', words: ['exclude', '--remove'] },
    { when: 'a release does not say what becomes of the entries', words: ['release'] },
    { when: 'a release says both', words: ['release', '--keep', '--remove'] },
  ],
  3: [
    {
      when: 'a mass removal waits for consent',
      words: ['sync'],
      home: () => syncedHome(FIVE),
      setUp: ({ ccsDirectory }) =>
        FIVE.slice(1).forEach((name) => rmSync(join(ccsDirectory, `${name}.settings.json`))),
    },
    {
      when: 'a dry run shows what needs consent',
      words: ['sync', '--dry-run'],
      home: () => syncedHome(FIVE),
      setUp: ({ ccsDirectory }) =>
        FIVE.slice(1).forEach((name) => rmSync(join(ccsDirectory, `${name}.settings.json`))),
    },
    { when: 'an undo holds a profile', words: ['sync'], setUp: ({ run }) => run(['undo']) },
    { when: 'status finds a hold', words: ['status'], setUp: ({ run }) => run(['undo']) },
    {
      when: 'a change waits for a sync',
      words: ['status'],
      setUp: ({ profile }) => profile('new', envOf('new')),
    },
    { when: 'the target is released', words: ['sync'], setUp: ({ run }) => run(['release', '--keep']) },
    {
      when: 'strict, and a profile is skipped that needs you',
      words: ['sync', '--strict'],
      setUp: ({ profile }) => profile('mm', {}),
    },
    {
      when: 'a strict dry run, and a profile is skipped that needs you',
      words: ['sync', '--strict', '--dry-run'],
      setUp: ({ profile }) => profile('mm', {}),
    },
    {
      when: 'CCS, which is used here, makes the target itself',
      words: ['sync', '--create'],
      setUp: ({ configPath }) => rmSync(configPath),
    },
    {
      when: 'CCS’s settings were never readable',
      words: ['sync'],
      home: cliHome,
      setUp: ({ write, ccsDirectory, port }) => {
        write('config.yaml', 'profiles: [');
        renameSync(
          join(ccsDirectory, 'cliproxy', `config-${port}.yaml`),
          join(ccsDirectory, 'cliproxy', 'config.yaml'),
        );
      },
    },
    {
      when: 'restoring the first bytes would lose what others changed',
      words: ['undo', 'first'],
      setUp: ({ writeConfig, readConfig }) =>
        writeConfig(readConfig().replace('debug: false', 'debug: true')),
    },
    {
      when: 'an undo leaves an entry alone that was changed since',
      words: ['undo'],
      setUp: ({ writeConfig, readConfig }) =>
        writeConfig(readConfig().replace('sk-test-canary-glm', 'sk-test-by-hand')),
    },
    { when: 'the first bytes are to be purged without consent', words: ['history', 'purge', '--first'] },
  ],
};

describe('the exit code', () => {
  for (const code of [0, 1, 2, 3] as const) {
    it.each(cases[code])(`is ${code} where $when`, async ({ words, home: makeHome = syncedHome, setUp }) => {
      const home = await makeHome();
      await setUp?.(home);
      const { code: found, stdout, stderr } = await home.run(words);
      expect({ found, stdout, stderr }).toMatchObject({ found: code });
      if (code === 1 && words[0] !== 'doctor') expect(stderr).toMatch(/^error: .+\n.+/);
      if (code === 2 && words.length > 0 && !words.includes('--json'))
        expect(stderr).toMatch(/^error: .+\n.+\n$/);
    });
  }

  it('is 2 only where nothing was done', async () => {
    const home = await cliHome();
    const before = stateOf(home.ccsDirectory);
    for (const { words } of cases[2]) await home.run(words);
    expect(stateOf(home.ccsDirectory)).toEqual(before);
  });

  it('is that of what was done where nobody reads the output to its end', async () => {
    const home = await cliHome(Array.from({ length: 300 }, (_, index) => `p${index}`));
    const child = spawn(process.execPath, [CLI, 'sync', '--verbose'], {
      env: { HOME: home.home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(home.readConfig()).toContain('p299-');
  });

  it('is 1 where the output can’t be written', async () => {
    const home = await cliHome();
    const child = spawn(process.execPath, [CLI, 'status'], {
      env: { HOME: home.home },
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
    expect(stderr).toMatch(/^error: .+/);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe.skipIf(needsProxy() === undefined)('the exit code beside a running proxy', () => {
  it('is 3 where the proxy has not loaded what was written, also with nothing to do', async () => {
    const home = await syncedHome();
    await startRealProxy(needsProxy() ?? '', home.configPath);
    writeFileSync(`${home.configPath}.new`, readFileSync(home.configPath));
    renameSync(`${home.configPath}.new`, home.configPath);
    home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'glm-6' }));
    for (const words of [['sync'], ['sync'], ['status']]) expect((await home.run(words)).code).toBe(3);
  });
});
