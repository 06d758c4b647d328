import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf, stateOf } from '../testing/engine-home.ts';
import { needsRoot } from '../testing/requirements.ts';
import { giveTo, NOBODY, runCliAs } from '../testing/run-cli-as.ts';

const ENTRY = '  - api-key: sk-test-mine-0123456789\n    base-url: https://mine.test\n';

interface Refused {
  readonly what: string;
  readonly text: string;
  /** Where the refusal says it is. */
  readonly line: number;
  readonly problem: RegExp;
}

const refused: readonly Refused[] = [
  { what: 'is no YAML', text: 'port: 1\nclaude-api-key: [\n', line: 2, problem: /bracket|YAML/ },
  { what: 'is indented with a tab', text: 'port: 1\nx:\n\t- 1\n', line: 3, problem: /tab|YAML/ },
  {
    what: 'names the section twice',
    text: `claude-api-key:\n${ENTRY}port: 1\nclaude-api-key: []\n`,
    line: 5,
    problem: /"claude-api-key" is there twice/,
  },
  {
    what: 'names another key twice',
    text: 'port: 1\ndebug: true\nport: 2\n',
    line: 3,
    problem: /"port" is there twice/,
  },
  { what: 'holds two documents', text: 'port: 1\n---\nport: 2\n', line: 2, problem: /second YAML document/ },
  { what: 'is a list', text: '- port: 1\n', line: 1, problem: /no settings/ },
  {
    what: 'has a section that is no list',
    text: 'port: 1\nclaude-api-key:\n  glm: x\n',
    line: 3,
    problem: /claude-api-key is not a list/,
  },
  {
    what: 'has a section that is text',
    text: 'port: 1\nclaude-api-key: none\n',
    line: 2,
    problem: /claude-api-key is not a list/,
  },
  {
    what: 'takes the section from an alias',
    text: 'a: &a\n  - api-key: sk-test-x\nclaude-api-key: *a\n',
    line: 3,
    problem: /alias/,
  },
  {
    what: 'holds a character that YAML forbids',
    text: 'port: 1\nx: "\u0007"\n',
    line: 2,
    problem: /character that YAML forbids/,
  },
];

describe('a target that can’t be edited safely', () => {
  it.each(refused)(
    'which $what: is refused with its line and left as it is',
    async ({ text, line, problem }) => {
      const home = await cliHome();
      home.writeConfig(text);
      const before = stateOf(dirname(home.configPath));
      for (const words of [['sync'], ['sync', '--dry-run'], ['status'], ['undo', 'first']]) {
        const { code, stderr } = await home.run(words);
        if (words[0] === 'undo') continue;
        expect({ words, code }).toEqual({ words, code: 1 });
        const [what, next] = stderr.split('\n');
        expect(what?.startsWith(`error: ${home.configPath}:${line}: `), `${what} names line ${line}`).toBe(
          true,
        );
        expect(what).toMatch(problem);
        expect(next).toMatch(/^Nothing was written\. .+\.$/);
      }
      expect((await home.run(['doctor'])).stdout).toContain(`${home.configPath}:${line}: `);
      expect(stateOf(dirname(home.configPath))).toEqual(before);
    },
  );

  it('is refused where a merge key brings the section', async () => {
    const home = await cliHome();
    const text = 'a: &a\n  claude-api-key: []\n<<: *a\n';
    home.writeConfig(text);
    const { code, stderr } = await home.run(['sync']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: ${home.configPath}:\\d: claude-api-key comes from a merge key`),
    );
    expect(home.readConfig()).toBe(text);
  });

  it('is refused where a value of ours that has to change became an alias', async () => {
    const home = await cliHome();
    await home.run(['sync']);
    const key = String(envOf('glm')['ANTHROPIC_AUTH_TOKEN']);
    const text = `x: &key "${key}"\n${home.readConfig().replace(`api-key: "${key}"`, 'api-key: *key')}`;
    home.writeConfig(text);
    home.profile('glm', envOf('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated-0123456789' }));
    const { code, stderr } = await home.run(['sync']);
    const line = 1 + text.split('\n').findIndex((one) => one.includes('*key'));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: ${home.configPath}:${line}: an anchor, alias or tag stands in the part`),
    );
    expect(home.readConfig()).toBe(text);
  });

  it('is refused where it is not UTF-8, with the line', async () => {
    const home = await cliHome();
    const bytes = Buffer.concat([Buffer.from('port: 1\n# caf'), Buffer.from([0xe9]), Buffer.from('\n')]);
    home.writeConfig(bytes);
    const { code, stderr } = await home.run(['sync']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: ${home.configPath}:2: not UTF-8 text\nNothing was written\\.`),
    );
    expect(readFileSync(home.configPath).equals(bytes)).toBe(true);
  });
});

describe('a target that is not there', () => {
  it('is an error that names the two ways out', async () => {
    const home = await cliHome();
    rmSync(home.configPath);
    for (const words of [['sync'], ['sync', '--dry-run'], ['status'], ['profiles'], ['doctor']]) {
      const { stdout, stderr } = await home.run(words);
      expect(stdout + stderr).toContain(`There is no CLIProxyAPI configuration at ${home.configPath}`);
      expect(stdout + stderr).toMatch(/`ccs cliproxy start`/);
      expect(stdout + stderr).toMatch(/`cliproxy-sync sync --create`/);
    }
  });

  it('is made where that is asked for, safe to start, and synced at once', async () => {
    const home = await cliHome();
    rmSync(dirname(home.configPath), { recursive: true });
    expect(await home.run(['sync', '--create'])).toMatchObject({ code: 3, stdout: '' });
    expect(await home.run(['sync', '--create', '--yes'])).toMatchObject({ code: 0 });
    const text = home.readConfig();
    expect(text).toMatch(new RegExp(`^host: "127\\.0\\.0\\.1"\nport: ${home.port}$`, 'm'));
    expect(text).toMatch(/^api-keys:\n {2}- "[\w-]{32,}"$/m);
    expect(text).toContain('prefix: "glm-"');
    expect(statSync(home.configPath).mode & 0o777).toBe(0o600);
  });

  it('is made without a question where CCS is not used', async () => {
    const home = await cliHome();
    rmSync(home.configPath);
    rmSync(join(home.ccsDirectory, 'config.yaml'));
    expect(await home.run(['sync', '--create'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(home.ccsDirectory, 'cliproxy', 'config.yaml'), 'utf8')).toContain('port: 8317');
  });
});

describe('a target that is no plain file', () => {
  const odd: readonly (readonly [string, (home: CliHome) => unknown, RegExp])[] = [
    [
      'a folder',
      ({ configPath }) => mkdirSync(configPath),
      /can't be read: it is (?:a folder|not a regular file)/,
    ],
    [
      'a link that leads nowhere',
      ({ configPath }) => symlinkSync('/nowhere/at/all', configPath),
      /no CLIProxyAPI configuration|can't be read/,
    ],
    ['a link to itself', ({ configPath }) => symlinkSync(configPath, configPath), /circle/],
  ];
  it.each(odd)('is refused: %s', async (_what, make, says) => {
    const home = await cliHome();
    rmSync(home.configPath);
    make(home);
    for (const words of [['sync'], ['status'], ['sync', '--dry-run']]) {
      const { code, stderr } = await home.run(words);
      expect({ words, code }).toEqual({ words, code: 1 });
      expect(stderr).toMatch(says);
      expect(stderr).toContain(home.configPath);
    }
  });
});

describe('a target of 5 MB', () => {
  it('is synced like any other, and keeps every other byte', async () => {
    const home = await cliHome();
    const before = home.readConfig() + '# a line of the user, and not the last one\n'.repeat(120_000);
    home.writeConfig(before);
    expect(await home.run(['sync'])).toMatchObject({ code: 0 });
    const after = home.readConfig();
    expect(after.startsWith(before)).toBe(true);
    expect(after.slice(before.length)).toMatch(/^claude-api-key:\n {2}- api-key: /);
    expect(await home.run(['undo'])).toMatchObject({ code: 0 });
    expect(home.readConfig()).toBe(before);
  });
});

describe('a target reached through a link', () => {
  it('is written where the link leads, and the link stays', async () => {
    const home = await cliHome();
    const real = join(home.home, 'elsewhere.yaml');
    writeFileSync(real, home.readConfig());
    rmSync(home.configPath);
    symlinkSync(real, home.configPath);
    const { ino } = statSync(real);
    expect(await home.report<SyncReport>(['sync'])).toMatchObject({ outcome: 'written' });
    expect(statSync(home.configPath).ino).toBe(ino);
    expect(readFileSync(real, 'utf8')).toContain('"glm-"');
  });
});

describe.skipIf(!needsRoot())('a target that may not be written', () => {
  it('is an error with the file and the next step, and stays', async () => {
    const home = await cliHome();
    giveTo(NOBODY, home.home);
    chmodSync(home.configPath, 0o400);
    const before = home.readConfig();
    const { code, stderr } = runCliAs(NOBODY, ['sync'], { HOME: home.home });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: ${home.configPath} can't be written: permission denied\nMake the file writable`),
    );
    expect(home.readConfig()).toBe(before);
    expect(runCliAs(NOBODY, ['sync', '--dry-run'], { HOME: home.home }).code).toBe(0);
  });
});
