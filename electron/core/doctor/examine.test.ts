import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ccsEntry,
  ccsSection,
  CHANGE,
  engineHome,
  type EngineHome,
  envOf,
  must,
} from '../../testing/engine-home.ts';
import { interruptedSync } from '../../testing/interrupted-sync.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import { freePort } from '../../testing/free-port.ts';
import type { FaultyRemote } from '../../testing/open-faulty-remote.ts';

const REGISTRY =
  'cliproxy: {auto_sync: false}\nprofiles:\n  one: {type: api, settings: ~/.ccs/one.settings.json}\n';

interface Patient extends EngineHome {
  /** Its findings as `grade code`, with what tells them apart. */
  readonly findings: () => Promise<string[]>;
}

/** A home with nothing wrong, but for what is said otherwise; the proxy is not running. */
async function patient(
  change: (config: string) => string = (text) => text,
  registry = REGISTRY,
): Promise<Patient> {
  const port = await freePort();
  const ccsConfig = `${registry}cliproxy_server: {local: {port: ${port}}}\n`;
  const config = `host: "127.0.0.1"\nport: ${port}\napi-keys: ["sk-test-client"]\n`;
  const home = engineHome({ configName: `config-${port}.yaml`, config: change(config) });
  home.write('config.yaml', ccsConfig);
  home.profile('one', envOf('one'));
  await home.sync();
  return { ...home, findings: () => findingsOf(home) };
}

async function findingsOf({ core }: EngineHome): Promise<string[]> {
  const { findings } = await core.doctor();
  return findings.flatMap(({ grade, finding }) => {
    switch (finding.code) {
      case 'proxy':
        return finding.observation.state === 'not-running' ? [] : [`${grade} ${finding.observation.state}`];
      case 'skipped':
        return [`${grade} skipped ${finding.reason.code}`];
      case 'warning':
        return [`${grade} ${finding.warning.code}`];
      case 'error':
        return [`${grade} error ${finding.error.code}`];
      default:
        return [`${grade} ${finding.code}`];
    }
  });
}

describe('a home with nothing wrong', () => {
  it('has no findings but that the proxy is not running', async () => {
    const home = await patient();
    expect((await home.core.doctor()).findings).toEqual([
      { grade: 'note', finding: { code: 'proxy', observation: { state: 'not-running' } } },
    ]);
  });
});

const IN_CONFIG: readonly (readonly [string, (config: string) => string])[] = [
  ['note listens-everywhere', (config) => config.replace('host: "127.0.0.1"\n', '')],
  ['problem serves-anyone', (config) => config.replace('api-keys: ["sk-test-client"]\n', '')],
  ['problem port-differs', (config) => config.replace(/port: \d+/, 'port: 9')],
  ['note force-model-prefix', (config) => `${config}force-model-prefix: true\n`],
  ['problem malformed-entry', (config) => `${config}claude-api-key: [just words]\n`],
  ['problem orphan-entry', (config) => `${config}${ccsSection([ccsEntry('gone')])}`],
  [
    'problem shared-bare-name',
    (config) => `${config}claude-api-key:\n- {api-key: mine, prefix: own, models: [{name: one-model}]}\n`,
  ],
];

describe('the configuration', () => {
  it.each(IN_CONFIG)('%s', async (expected, change) => {
    const home = await patient(change);
    expect(await home.findings()).toEqual([expected]);
  });

  it('in which an entry of ours was copied, or got another prefix', async () => {
    const home = await patient((config) => `${config}force-model-prefix: true\n`);
    home.writeConfig(home.readConfig().replace('prefix: "one-"', 'prefix: "uno-"'));
    await home.sync();
    expect(await home.findings()).toEqual(['note force-model-prefix', 'note key-elsewhere']);
  });

  it('that others can read, although it holds keys', async () => {
    const home = await patient();
    chmodSync(home.configPath, 0o644);
    expect(await home.findings()).toEqual(['problem readable-by-others']);
  });

  it('that is missing or broken is one error, and nothing else can be looked at', async () => {
    const home = await patient();
    home.writeConfig('port: [');
    expect(await home.findings()).toEqual(['problem error target-refused']);
    rmSync(home.configPath);
    expect(await home.findings()).toEqual(['problem error target-missing']);
  });

  it('that a killed write left unfinished', async () => {
    const home = engineHome({ config: 'host: "127.0.0.1"\nport: 8317\napi-keys: [a]\n' });
    home.profile('one', envOf('one'));
    await interruptedSync(home, 'half');
    expect((await home.core.doctor()).findings[0]).toEqual({
      grade: 'problem',
      finding: { code: 'unfinished-write', path: home.configPath },
    });
  });
});

describe('an entry that CCS wrote', () => {
  it('is no orphan while a profile that may ask for it can’t be read, is about to be synced, or is held', async () => {
    const home = await patient((config) => `${config}${ccsSection([ccsEntry('two')])}`);
    home.write('two.settings.json', '{');
    expect(await home.findings()).toEqual(['problem skipped unreadable']);
    home.profile('two', envOf('two'));
    expect(await home.findings()).toEqual(['problem pending', 'note unregistered']);
    await home.sync();
    expect(await home.findings()).toEqual(['note unregistered']);
    await home.core.undo(null, CHANGE);
    expect(await home.findings()).toEqual(['note held', 'note unregistered']);
  });
});

describe('profiles', () => {
  it.each([
    ['problem base-url', { ANTHROPIC_BASE_URL: 'https://one.test/v1' }],
    ['problem skipped missing-token', { ANTHROPIC_AUTH_TOKEN: '' }],
    ['problem skipped placeholder', { ANTHROPIC_AUTH_TOKEN: 'YOUR_KEY' }],
    ['note skipped proxy-loop', { ANTHROPIC_BASE_URL: 'https://x.test/api/provider/a' }],
  ])('%s', async (expected, over) => {
    const home = await patient();
    home.profile('one', envOf('one', over));
    await home.sync();
    expect(await home.findings()).toEqual([expected]);
  });

  it('that others can read, in one finding', async () => {
    const home = await patient();
    chmodSync(join(home.ccsDirectory, 'one.settings.json'), 0o640);
    expect(await home.findings()).toEqual(['problem profiles-readable']);
  });

  it('that CCS does not know', async () => {
    const home = await patient();
    home.profile('two', envOf('two'));
    await home.sync();
    expect(await home.findings()).toEqual(['note unregistered']);
  });
});

describe('CCS’s settings', () => {
  it('with a value that makes no sense, which can’t be read, or that let CCS sync as well', async () => {
    const odd = await patient(undefined, `${REGISTRY}  two: 5\n`);
    expect(await odd.findings()).toEqual(['problem registry-problem']);
    const syncing = await patient(undefined, REGISTRY.replace('false', 'true'));
    expect(await syncing.findings()).toEqual(['note ccs-syncs-too']);
    syncing.write('config.yaml', 'profiles: [');
    expect(await syncing.findings()).toEqual(['problem registry-unreadable']);
  });
});

describe('what is yet to be done', () => {
  it('waits for a sync, for a person, or for nothing where the target was released', async () => {
    const home = await patient();
    home.profile('one', envOf('one', { ANTHROPIC_MODEL: 'newer' }));
    expect(await home.findings()).toEqual(['problem pending']);
    await home.core.release('keep', CHANGE);
    expect(await home.findings()).toEqual([]);
    const key = { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' };
    home.profile('one', envOf('one', key));
    await home.sync({ targetNamed: true });
    expect(await home.findings()).toEqual(['problem review']);
  });

  it('is all there is to say where the CCS directory is gone', async () => {
    const home = await patient();
    rmSync(home.ccsDirectory, { recursive: true });
    expect(await home.findings()).toEqual(['problem error ccs-directory-missing']);
  });
});

describe('remote servers', () => {
  async function office(): Promise<{ home: EngineHome; remote: FaultyRemote }> {
    const remote = await startFaultyRemote({ key: 'sk-test-management' });
    const home = engineHome({ config: 'host: 127.0.0.1\nport: 8317\napi-keys: [sk-test-client]\n' });
    const key = { kind: 'typed', key: 'sk-test-management' } as const;
    const rest = { keySource: 'file', profiles: null, mode: 'auto', certificate: null } as const;
    must(await home.core.addTarget({ name: 'office', url: remote.url, key, ...rest, plainHttp: false }));
    await remote.setFault({ kind: 'status', status: 500 });
    return { home, remote };
  }

  it('are asked where a person wants it, and what is wrong with each is a problem', async () => {
    const { home } = await office();
    const { findings } = await home.core.doctor({ remotes: true });
    const fault = { code: 'server-error', status: 500 };
    expect(findings).toContainEqual({
      grade: 'problem',
      finding: { code: 'error', error: { code: 'remote-fault', target: 'office', fault } },
    });
  });

  it.each([
    ['by a look of the program itself', false],
    ['while they are paused', true],
  ])('are left alone %s', async (_when, paused) => {
    const { home, remote } = await office();
    if (paused) must(await home.core.updateTarget({ id: 'office', paused: true }));
    const { findings } = await home.core.doctor({ remotes: paused });
    expect(findings.filter(({ finding }) => finding.code === 'error')).toEqual([]);
    expect(remote.requests).toEqual([]);
  });
});
