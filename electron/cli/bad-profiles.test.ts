import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SkipReason } from '../../shared/schema/skip.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { type CliHome, ccsSettings, cliHome } from '../testing/cli-home.ts';
import { brief, envOf } from '../testing/engine-home.ts';
import { needsRoot } from '../testing/requirements.ts';
import { giveTo, NOBODY, runCliAs } from '../testing/run-cli-as.ts';

const BAD = 'bad.settings.json';

interface Case {
  readonly what: string;
  readonly make: (home: CliHome) => unknown;
  /** What the terminal says, before the path. */
  readonly says: RegExp;
  readonly reason: Partial<SkipReason>;
  readonly line?: number;
}

const cases: readonly Case[] = [
  {
    what: 'is empty',
    make: ({ write }) => write(BAD, ''),
    says: /file is empty/,
    reason: { detail: 'empty' },
  },
  {
    what: 'holds only blanks',
    make: ({ write }) => write(BAD, ' \n\t'),
    says: /file is empty/,
    reason: { detail: 'empty' },
  },
  {
    what: 'is binary',
    make: ({ write }) => write(BAD, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0xff, 0xfe, 0x00, 0x80])),
    says: /not UTF-8/,
    reason: { detail: 'not-utf8' },
  },
  {
    what: 'has 50 MB',
    make: ({ write }) => truncateSync(write(BAD, '{}'), 50 * 1024 * 1024),
    says: /larger than 1 MiB/,
    reason: { detail: 'too-large' },
  },
  {
    what: 'is a folder',
    make: ({ ccsDirectory }) => mkdirSync(join(ccsDirectory, BAD)),
    says: /not a file/,
    reason: { detail: 'not-a-file' },
  },
  {
    what: 'is a FIFO that nobody writes to',
    make: ({ ccsDirectory }) => execFileSync('mkfifo', [join(ccsDirectory, BAD)]),
    says: /not a file/,
    reason: { detail: 'not-a-file' },
  },
  {
    what: 'is a link that leads nowhere',
    make: ({ ccsDirectory }) => symlinkSync('/nowhere/at/all', join(ccsDirectory, BAD)),
    says: /can't be found/,
    reason: { detail: 'not-found' },
  },
  {
    what: 'is a link to itself',
    make: ({ ccsDirectory }) => symlinkSync(BAD, join(ccsDirectory, BAD)),
    says: /can't be read/,
    reason: { detail: 'io' },
  },
  {
    what: 'stops in the middle',
    make: ({ write }) => write(BAD, '{\n  "env": {\n    "ANTHROPIC_AUTH_TOKEN": "sk-test-half'),
    says: /not valid JSON \(line 3\)/,
    reason: { detail: 'not-json' },
    line: 3,
  },
  {
    what: 'has a comma too much',
    make: ({ write }) => write(BAD, '{\n  "env": {},\n}\n'),
    says: /not valid JSON \(line 3\)/,
    reason: { detail: 'not-json' },
    line: 3,
  },
  {
    what: 'is a list',
    make: ({ write }) => write(BAD, '[]'),
    says: /not a JSON object/,
    reason: { detail: 'not-object' },
    line: 1,
  },
  {
    what: 'has a list as env',
    make: ({ write }) => write(BAD, '{\n  "x": 1,\n  "env": ["ANTHROPIC_AUTH_TOKEN"]\n}'),
    says: /"env" in its file is not an object \(line 3\)/,
    reason: { detail: 'env-not-object' },
    line: 3,
  },
  {
    what: 'has a number as token',
    make: ({ write }) => write(BAD, '{\n  "env": {\n    "ANTHROPIC_AUTH_TOKEN": 12\n  }\n}'),
    says: /a value that is not a string \(line 3\)/,
    reason: { detail: 'env-not-strings' },
    line: 3,
  },
  {
    what: 'has a model with half a character',
    make: ({ write }) => write(BAD, JSON.stringify({ env: envOf('bad', { ANTHROPIC_MODEL: 'm\ud83e' }) })),
    says: /a character that can't be written/,
    reason: { detail: 'bad-characters' },
    line: 1,
  },
  {
    what: 'has a token with a line break',
    make: ({ profile }) => profile('bad', envOf('bad', { ANTHROPIC_AUTH_TOKEN: 'sk-test-one\nsk-test-two' })),
    says: /a character that no token may have/,
    reason: { code: 'invalid-token' },
  },
  {
    what: 'has an emoji in its token',
    make: ({ profile }) => profile('bad', envOf('bad', { ANTHROPIC_AUTH_TOKEN: 'sk-test-🦄-0123456789' })),
    says: /a character that no token may have/,
    reason: { code: 'invalid-token' },
  },
];

describe('a profile that can’t be used, among good ones', () => {
  it.each(cases)(
    'which $what: is named with its file and what to do, and the others are synced',
    async (one) => {
      const home = await cliHome();
      one.make(home);
      const place = `${join(home.ccsDirectory, BAD)}${one.line === undefined ? '' : `:${one.line}`}`;
      const { code, stdout, stderr } = await home.run(['sync']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const lines = stdout.split('\n');
      const at = lines.findIndex((line) => line.startsWith('  skipped bad: '));
      expect(lines[at]).toMatch(one.says);
      expect(lines[at + 1]).toMatch(/^ {4}[A-Z].*\.$/);
      expect(lines[at + 2]).toBe(`    ${place}`);
      for (const name of ['glm', 'kimi', 'mm']) expect(home.readConfig()).toContain(`prefix: "${name}-"`);

      const report = await home.report<SyncReport>(['sync']);
      const { reason } = report.plan.skipped.find(({ profile }) => profile === 'bad') ?? {};
      expect(reason).toMatchObject(one.reason);
      expect((await home.run(['sync', '--strict'])).code).toBe(3);
      const doctor = await home.run(['doctor']);
      expect(doctor.code).toBe(1);
      expect(doctor.stdout).toContain(place);
    },
  );

  it('keeps the entry of a profile whose file went bad, until it is whole again', async () => {
    const home = await cliHome();
    await home.run(['sync']);
    const before = home.readConfig();
    home.write('glm.settings.json', '{ "env": {');
    home.profile('kimi', envOf('kimi', { ANTHROPIC_MODEL: 'kimi-k3' }));
    expect(await home.run(['sync'])).toMatchObject({ code: 0 });
    expect(home.readConfig()).toBe(before.replace('"kimi-model"', '"kimi-k3"'));
    home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'glm-6' }));
    const { plan } = await home.report<SyncReport>(['sync']);
    expect(brief(plan.operations)).toEqual(['update glm']);
  });

  it.each([
    ['quotes, #, a colon and a backslash', `sk-test-"'#: \\&*!|>%@\`{}[],`],
    ['only digits', '12345678901234567890'],
    ['10 kB', `sk-test-${'x'.repeat(10_240)}`],
    ['a leading dash', '- sk-test-0123456789'],
    ['the word null', 'null'],
  ])('takes a token with %s as it is', async (_what, token) => {
    const home = await cliHome([]);
    home.profile('odd', envOf('odd', { ANTHROPIC_AUTH_TOKEN: token }));
    expect(await home.run(['sync'])).toMatchObject({ code: 0 });
    expect(home.readConfig()).toContain(`api-key: ${JSON.stringify(token)}`);
    expect(await home.report<SyncReport>(['sync'])).toMatchObject({ outcome: 'in-sync', syncable: 1 });
  });

  it('takes the last of two equal names, as CCS does, and a BOM as nothing', async () => {
    const home = await cliHome([]);
    home.write(
      'two.settings.json',
      '\ufeff{ "env": { "ANTHROPIC_AUTH_TOKEN": "sk-test-first", "ANTHROPIC_AUTH_TOKEN": "sk-test-second" } }',
    );
    expect(await home.run(['sync'])).toMatchObject({ code: 0 });
    expect(home.readConfig()).toContain('"sk-test-second"');
    expect(home.readConfig()).not.toContain('sk-test-first');
  });
});

describe('CCS’s config.yaml that can’t be read', () => {
  it('adds and removes nothing where it was never readable, and says where it is wrong', async () => {
    const home = await cliHome();
    renameSync(home.configPath, join(home.ccsDirectory, 'cliproxy', 'config.yaml'));
    const settings = home.write('config.yaml', 'version: 13\nprofiles:\n  glm: {\n');
    const config = join(home.ccsDirectory, 'cliproxy', 'config.yaml');
    const before = readFileSync(config, 'utf8');
    const { code, stdout, stderr } = await home.run(['sync']);
    expect(code).toBe(3);
    expect(stdout).toContain('waiting');
    expect(stderr).toContain(settings);
    expect(stderr).toMatch(/no profile is added or removed/);
    expect(readFileSync(config, 'utf8')).toBe(before);
  });

  it('counts as it was last, where it was readable once', async () => {
    const home = await cliHome();
    home.write('config.yaml', `${ccsSettings(['glm', 'kimi'], home.port)}\n`);
    rmSync(join(home.ccsDirectory, 'mm.settings.json'));
    await home.run(['sync']);
    const settings = home.write('config.yaml', 'profiles: [');
    home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'glm-6' }));
    const { code, stdout, stderr } = await home.run(['sync']);
    expect(code).toBe(0);
    expect(stdout).toContain('~ update glm');
    expect(stderr).toContain(settings);
    expect(stderr).toMatch(/last known list of profiles counts/);
    expect(home.readConfig()).toContain('"glm-6"');
  });
});

describe.skipIf(!needsRoot())('as a user who may not everything', () => {
  it('names a profile that can’t be read, and syncs the others', async () => {
    const home = await cliHome();
    home.profile('bad', envOf('bad'));
    giveTo(NOBODY, home.home);
    chmodSync(join(home.ccsDirectory, BAD), 0);
    const { code, stdout } = runCliAs(NOBODY, ['sync'], { HOME: home.home });
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /skipped bad: You have no permission to read its file\n.*\n.*bad\.settings\.json\n/,
    );
    expect(home.readConfig()).toContain('"glm-"');
  });

  it('says that the CCS directory can’t be listed, and changes nothing', async () => {
    const home = await cliHome();
    giveTo(NOBODY, home.home);
    runCliAs(NOBODY, ['sync'], { HOME: home.home });
    const before = home.readConfig();
    chmodSync(home.ccsDirectory, 0o311);
    const { code, stderr } = runCliAs(NOBODY, ['sync'], { HOME: home.home });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: The CCS directory ${home.ccsDirectory} can't be listed: permission denied\n`),
    );
    expect(home.readConfig()).toBe(before);
  });
});
