import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf, filesBelow } from '../testing/engine-home.ts';
import { pipedCli } from '../testing/run-cli.ts';
import { needsTerminal, runInTerminal } from '../testing/run-in-terminal.ts';

/** A secret with letters that stand in nothing else, so that any piece of it is known for what it is. */
function canary(letter: string): string {
  return `sk-test-canary-${Array.from({ length: 16 }, (_, index) => `${letter}${String.fromCharCode(97 + index)}${index}`).join('')}`;
}

const TOKEN = { glm: canary('G'), kimi: canary('K'), mm: canary('M') };
const ROTATED = canary('R');
const OTHERS = {
  clientKey: canary('C'),
  secretKey: canary('S'),
  managementSecret: canary('N'),
  authToken: canary('A'),
  handWritten: canary('H'),
  header: canary('E'),
  password: canary('P'),
  query: canary('Q'),
  apiKeyOnly: canary('O'),
  broken: canary('B'),
  environment: canary('V'),
};
const ALL = [...Object.values(TOKEN), ROTATED, ...Object.values(OTHERS)];

/** Pieces of eight characters of what is random in a secret, but for those with part of the last four in them. */
const PIECES = new Map(
  ALL.flatMap((secret) => {
    const body = secret.slice('sk-test-canary-'.length, -4);
    return Array.from({ length: body.length - 7 }, (_, at) => [body.slice(at, at + 8), secret] as const);
  }),
);

/** The secrets of which there is a piece in a text. */
function secretsIn(text: string): string[] {
  return [...new Set([...PIECES].flatMap(([piece, secret]) => (text.includes(piece) ? [secret] : [])))];
}

async function homeWithSecrets(): Promise<CliHome> {
  const home = await cliHome();
  for (const [name, token] of Object.entries(TOKEN)) {
    const baseUrl = `https://user:${OTHERS.password}@${name}.test/api/?token=${OTHERS.query}#${OTHERS.query}`;
    home.profile(name, envOf(name, { ANTHROPIC_AUTH_TOKEN: token, ANTHROPIC_BASE_URL: baseUrl }));
  }
  home.profile('loop', envOf('loop', { ANTHROPIC_AUTH_TOKEN: OTHERS.clientKey }));
  home.profile('only', { ANTHROPIC_API_KEY: OTHERS.apiKeyOnly });
  home.profile('bad', envOf('bad', { ANTHROPIC_AUTH_TOKEN: `${OTHERS.broken}\n` + OTHERS.broken }));
  home.profile('hold', envOf('hold', { ANTHROPIC_AUTH_TOKEN: `YOUR_${OTHERS.broken}` }));
  home.write('half.settings.json', `{ "env": { "ANTHROPIC_AUTH_TOKEN": "${OTHERS.broken}`);
  home.write('list.settings.json', `["${OTHERS.broken}"]`);
  const settings = readFileSync(join(home.ccsDirectory, 'config.yaml'), 'utf8');
  home.write(
    'config.yaml',
    settings
      .replace('cliproxy:\n', `cliproxy:\n  auth:\n    management_secret: ${OTHERS.managementSecret}\n`)
      .concat(`  remote:\n    enabled: "${OTHERS.authToken}"\n    auth_token: ${OTHERS.authToken}\n`),
  );
  const entry = [
    'claude-api-key:',
    `  - api-key: ${OTHERS.handWritten}   # ${OTHERS.handWritten}`,
    '    prefix: own',
    `    base-url: https://u:${OTHERS.password}@own.test/?key=${OTHERS.query}`,
    `    headers: { X-Secret: ${OTHERS.header} }`,
    `  - { api-key: "${OTHERS.handWritten}2", base-url: "https://x:${OTHERS.password}@orphan.test" }`,
    '',
  ].join('\n');
  const config = home.readConfig().replace('sk-test-client-0123456789', OTHERS.clientKey);
  home.writeConfig(`${config}remote-management:\n  secret-key: "${OTHERS.secretKey}"\n${entry}`);
  return home;
}

/** What a command may be asked to do, in the order of a life with it. */
const LIFE: readonly (readonly string[])[] = [
  ['sync', '--dry-run', '--verbose'],
  ['doctor'],
  ['sync', '--verbose'],
  ['sync', '--strict'],
  ['status', '--verbose'],
  ['profiles'],
  ['history'],
  ['history', 'show', '1'],
  ['undo', '--dry-run'],
  ['undo'],
  ['undo', '1'],
  ['sync', 'glm', 'kimi', 'mm', '--yes'],
  ['exclude', 'mm'],
  ['sync'],
  ['exclude', '--remove', 'mm'],
  ['history', 'restore', '--dry-run'],
  ['history', 'restore'],
  ['undo', 'first'],
  ['undo', 'first', '--yes'],
  ['release', '--remove', '--dry-run'],
  ['release', '--keep'],
  ['sync', '--target', 'local'],
  ['sync', 'nobody'],
  ['undo', '99'],
  ['history', 'purge'],
];

const MODES: readonly (readonly string[])[] = [[], ['--json']];

/** Runs all commands, and tells which of them gave away what. */
async function leaksOf(home: CliHome, commands: typeof LIFE, modes = MODES): Promise<string[]> {
  const leaks: string[] = [];
  for (const words of commands) {
    for (const mode of modes) {
      const { code, stdout, stderr } = await home.run([...words, ...mode], {
        CLIPROXY_MANAGEMENT_KEY: OTHERS.environment,
      });
      leaks.push(
        ...secretsIn(stdout + stderr).map((secret) => `${[...words, ...mode].join(' ')}: ${secret}`),
      );
      if (code === null || /^ {4}at /m.test(stderr)) leaks.push(`${words.join(' ')} crashed: ${stderr}`);
    }
  }
  return leaks;
}

/** Which of our own files hold what they must not; the bytes that a record keeps are the user's file itself. */
function leaksInFiles({ stateFolder }: CliHome): string[] {
  return filesBelow(stateFolder, '').flatMap((path) => {
    const bytes = readFileSync(path);
    const isRecord = path.endsWith('.record') || path.endsWith('.pending');
    const text = (isRecord ? bytes.subarray(0, bytes.indexOf('\n')) : bytes).toString('latin1');
    return secretsIn(text).map((secret) => `${path}: ${secret}`);
  });
}

describe('a secret', () => {
  it('would be found by this test', () => {
    expect(secretsIn(`x${TOKEN.glm.slice(20, 28)}y`)).toEqual([TOKEN.glm]);
    expect(secretsIn(`…${TOKEN.glm.slice(-4)}`)).toEqual([]);
    expect(new Set(ALL.map((secret) => secret.slice(15, 23))).size).toBe(ALL.length);
  });

  it('is in no output of any command, and in none of our files', async () => {
    const home = await homeWithSecrets();
    expect(await leaksOf(home, LIFE.slice(0, 8))).toEqual([]);
    const { stdout } = await home.run(['history', 'show', '1']);
    expect(stdout).toContain(`…${TOKEN.glm.slice(-4)}`);
    home.profile('glm', envOf('glm', { ANTHROPIC_AUTH_TOKEN: ROTATED }));
    expect(
      await leaksOf(home, [
        ['sync', '--dry-run'],
        ['sync', '--verbose'],
      ]),
    ).toEqual([]);
    home.writeConfig(home.readConfig().replace(TOKEN.kimi, OTHERS.handWritten));
    expect(await leaksOf(home, LIFE.slice(2))).toEqual([]);
    expect(leaksInFiles(home)).toEqual([]);
    expect(filesBelow(home.stateFolder, 'journal')).toEqual([]);
  });

  it.each([
    ['an open quote', (key: string) => `claude-api-key:\n  - api-key: "${key}\n`],
    ['a colon too much', (key: string) => `claude-api-key:\n  - api-key: ${key}: ${key}\n`],
    ['a tab', (key: string) => `claude-api-key:\n\t- api-key: ${key}\n`],
    ['an escape that is none', (key: string) => `claude-api-key:\n  - api-key: "\\q${key}"\n`],
    ['a tag', (key: string) => `claude-api-key: !${key}\n  - api-key: ${key}\n`],
    ['an alias without its anchor', (key: string) => `claude-api-key: *${key}\n`],
    ['an anchor', (key: string) => `claude-api-key: &${key} []\nx: *${key}\n`],
    ['a section that is the key', (key: string) => `claude-api-key: ${key}\n`],
    ['a root that is the key', (key: string) => `${key}\n`],
    ['the key as a name, twice', (key: string) => `${key}: 1\n${key}: 2\n`],
    [
      'the key as a name in the section, twice',
      (key: string) => `claude-api-key:\n  - ${key}: 1\n    ${key}: 2\n`,
    ],
    ['a control character', (key: string) => `claude-api-key:\n  - api-key: ${key}\u0001\n`],
    [
      'a byte that is not UTF-8',
      (key: string) => Buffer.from(`claude-api-key:\n  - api-key: ${key}\xff\n`, 'latin1'),
    ],
    ['a second document', (key: string) => `port: 1\n--- ${key}\n`],
  ])('is not in the error about the very line that holds it: %s', async (_what, textWith) => {
    const home = await homeWithSecrets();
    home.writeConfig(textWith(OTHERS.broken));
    // The JSON of an error holds its words, too; that of `doctor` does not.
    const commands = [['sync', '--json'], ['doctor']];
    expect(await leaksOf(home, commands, [[]])).toEqual([]);
    expect(leaksInFiles(home)).toEqual([]);
    home.write('config.yaml', textWith(OTHERS.broken));
    renameSync(home.configPath, join(home.ccsDirectory, 'cliproxy', 'config.yaml'));
    expect(await leaksOf(home, commands, [[]])).toEqual([]);
    expect(leaksInFiles(home)).toEqual([]);
  });

  it('is not in the error about what CCS’s settings hold in its place', async () => {
    const home = await homeWithSecrets();
    const key = OTHERS.broken;
    home.write(
      'config.yaml',
      `profiles:\n  glm: ${key}\n  kimi: { settings: [${key}], target: ${key} }\ncliproxy:\n  auto_sync: ${key}\ncliproxy_server:\n  local: { port: ${key} }\n`,
    );
    renameSync(home.configPath, join(home.ccsDirectory, 'cliproxy', 'config.yaml'));
    expect(await leaksOf(home, [['sync'], ['status'], ['doctor'], ['profiles']])).toEqual([]);
  });

  it('given as the key of the local proxy is in no output, and in one file until it is forgotten', async () => {
    const home = await homeWithSecrets();
    const change = ['targets', 'change', 'local'];
    const answers: string[] = [];
    for (const key of [ROTATED, OTHERS.secretKey])
      for (const mode of MODES) {
        const { stdout, stderr } = await pipedCli(home, [...change, '--new-key', ...mode], key);
        answers.push(stdout + stderr);
      }
    expect(answers.flatMap(secretsIn)).toEqual([]);
    const commands = [['targets'], ['sync', '--verbose'], ['status'], ['catalog', 'refresh'], ['doctor']];
    expect(await leaksOf(home, commands)).toEqual([]);
    const [leak = '', ...others] = leaksInFiles(home);
    expect(leak).toMatch(new RegExp(`/keys\\.json: ${OTHERS.secretKey}$`));
    expect(others).toEqual([]);
    expect(await leaksOf(home, [[...change, '--forget-key']])).toEqual([]);
    expect(leaksInFiles(home)).toEqual([]);
  });

  it('leaves our files with the purge of the history', async () => {
    const home = await homeWithSecrets();
    await home.run(['sync']);
    await home.run(['history', 'purge', '--first', '--yes']);
    const whole = filesBelow(home.stateFolder, '').map((path) => readFileSync(path, 'latin1'));
    expect(whole.flatMap(secretsIn)).toEqual([]);
    expect(existsSync(home.stateFolder)).toBe(true);
  });
});

describe.skipIf(!needsTerminal())('a secret in a terminal', () => {
  it('is not in what is asked', async () => {
    const home = await homeWithSecrets();
    const more = ['v', 'w', 'x', 'y'];
    for (const name of more) home.profile(name, envOf(name, { ANTHROPIC_AUTH_TOKEN: `${ROTATED}-${name}` }));
    await home.run(['sync']);
    for (const name of [...more, 'mm']) rmSync(join(home.ccsDirectory, `${name}.settings.json`));
    const { output } = await runInTerminal(home.home, ['sync'], {
      answers: [{ after: '[y/N]', type: 'y\r' }],
    });
    expect(output).toContain('Go ahead?');
    expect(secretsIn(output)).toEqual([]);
  });
});
