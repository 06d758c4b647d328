import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyCcsHome, fixtureCcsHome } from '../../testing/ccs-home.ts';
import type { CcsHome } from '../../testing/lay-ccs-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { type CcsConfigReading, readCcsConfig } from './read-ccs-config.ts';

function read({ ccsDirectory, home }: CcsHome, clock = fakeClock()): Promise<CcsConfigReading> {
  return readCcsConfig({ ccsDirectory, homedir: home, env: { WORK: '/work here' }, clock });
}

async function configOf(yaml: string): Promise<unknown> {
  const ccs = emptyCcsHome();
  ccs.write('config.yaml', yaml);
  const reading = await read(ccs);
  return reading.state === 'read' ? reading.config : reading;
}

describe("CCS's settings", () => {
  it("are read from CCS's own config.yaml", async () => {
    const ccs = fixtureCcsHome();
    const at = (name: string): string => join(ccs.ccsDirectory, `${name}.settings.json`);
    const names = ['glm', 'km', 'albb', 'anthropic', 'hf', 'openrouter', 'my.custom-1'];
    expect(await read(ccs)).toEqual({
      state: 'read',
      config: {
        profiles: names.map((name) => ({
          name,
          settingsPath: at(name),
          target: name === 'hf' ? 'droid' : 'claude',
        })),
        autoSync: true,
        localPort: 8317,
        managementSecret: null,
        remote: null,
        problems: [],
      },
      source: {
        path: join(ccs.ccsDirectory, 'config.yaml'),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      },
    });
  });

  it('hold port, auto-sync and the management secret', async () => {
    const yaml =
      'cliproxy:\n  auto_sync: false\n  auth: {management_secret: " s3 "}\ncliproxy_server:\n  local: {port: 9000}\n';
    expect(await configOf(yaml)).toEqual({
      profiles: [],
      autoSync: false,
      localPort: 9000,
      managementSecret: 's3',
      remote: null,
      problems: [],
    });
  });

  it.each([
    ['{host: "", port: 9000}', null],
    ['{host: proxy.test}', { host: 'proxy.test', protocol: 'http', port: 8317, key: null }],
    [
      '{enabled: true, host: " proxy.test ", protocol: https, auth_token: sk-test-a}',
      { host: 'proxy.test', protocol: 'https', port: 443, key: 'sk-test-a' },
    ],
    [
      '{host: proxy.test, port: 9000, management_key: sk-test-m, auth_token: sk-test-a}',
      { host: 'proxy.test', protocol: 'http', port: 9000, key: 'sk-test-m' },
    ],
    [
      '{host: proxy.test, port: 9000, management_key: "", auth_token: sk-test-a}',
      { host: 'proxy.test', protocol: 'http', port: 9000, key: 'sk-test-a' },
    ],
  ])('name the server that CCS itself uses: %s', async (remote, expected) => {
    expect(await configOf(`cliproxy_server:\n  remote: ${remote}\n`)).toMatchObject({ remote: expected });
  });

  it('name profiles elsewhere, with variables, without a path, and for other targets', async () => {
    const yaml =
      'profiles:\n  a: {settings: $WORK/a.json, target: " Droid "}\n  b: {type: api}\n  c: {settings: /x/c.json}\n';
    const config = await configOf(yaml);
    expect(config).toMatchObject({
      profiles: [
        { name: 'a', settingsPath: '/work here/a.json', target: 'droid' },
        {
          name: 'b',
          settingsPath: expect.stringMatching(/\.ccs\/b\.settings\.json$/) as string,
          target: 'claude',
        },
        { name: 'c', settingsPath: '/x/c.json', target: 'claude' },
      ],
      problems: ['profiles.b.settings'],
    });
  });

  it('lose only what is ill-typed', async () => {
    const yaml =
      'profiles:\n  a: null\n  b: ~/x.json\n  c: {settings: 5, target: 7}\n  d: {settings: /d.json}\n' +
      'cliproxy: [x]\ncliproxy_server:\n  local: {port: 70000}\nmore: 1\n';
    expect(await configOf(yaml)).toMatchObject({
      profiles: [{ name: 'c', target: 'claude' }, { name: 'd' }],
      autoSync: null,
      localPort: 8317,
      problems: [
        'profiles.a',
        'profiles.b',
        'profiles.c.settings',
        'profiles.c.target',
        'cliproxy_server.local.port',
      ],
    });
  });

  it('may have an empty registry', async () => {
    expect(await configOf('profiles:\n')).toMatchObject({ profiles: [], problems: [] });
    expect(await configOf('version: 13\n')).toMatchObject({ profiles: [], problems: [] });
  });

  it('may use all that YAML has', async () => {
    const yaml =
      '%YAML 1.2\n---\nbase: &base {target: droid}\nprofiles:\n  "a b": {<<: *base, settings: /a.json}\n';
    expect(await configOf(yaml)).toMatchObject({ profiles: [{ name: 'a b', target: 'droid' }] });
  });

  it('come from config.json only where there is no config.yaml', async () => {
    const ccs = emptyCcsHome();
    ccs.write('config.json', {
      profiles: { glm: '~/.ccs/glm.settings.json', hf: '~/hf.json' },
      profile_targets: { hf: 'droid' },
    });
    expect(await read(ccs)).toMatchObject({
      state: 'read',
      config: {
        profiles: [
          { name: 'glm', settingsPath: join(ccs.ccsDirectory, 'glm.settings.json'), target: 'claude' },
          { name: 'hf', settingsPath: join(ccs.home, 'hf.json'), target: 'droid' },
        ],
      },
    });
    ccs.write('config.yaml', 'version: 13\n');
    expect(await read(ccs)).toMatchObject({ config: { profiles: [] } });
  });

  it('are absent where CCS never ran', async () => {
    expect(await read(emptyCcsHome())).toEqual({ state: 'absent' });
  });

  it.each([
    { reason: 'empty', file: 'config.yaml', text: '', line: null },
    { reason: 'not-a-mapping', file: 'config.yaml', text: '\n# nothing\n', line: null },
    { reason: 'BAD_INDENT', file: 'config.yaml', text: 'a: 1\nb: [\n', line: 3 },
    { reason: 'MISSING_CHAR', file: 'config.yaml', text: 'a: 1\nb: "sk-test-1\n', line: 3 },
    { reason: 'DUPLICATE_KEY', file: 'config.yaml', text: 'a: 1\na: 2\n', line: 2 },
    { reason: 'MULTIPLE_DOCS', file: 'config.yaml', text: 'a: 1\n---\nb: 1\n', line: 2 },
    { reason: 'BAD_ALIAS', file: 'config.yaml', text: 'a: *sk-test-1\n', line: null },
    { reason: 'not-a-mapping', file: 'config.yaml', text: '- a\n', line: null },
    { reason: 'profiles-not-a-mapping', file: 'config.yaml', text: 'profiles: [a]\n', line: null },
    { reason: 'TOO_DEEP', file: 'config.yaml', text: '[['.repeat(20_000), line: null },
    { reason: 'TOO_DEEP', file: 'config.yaml', text: '- '.repeat(20_000), line: null },
    { reason: 'not-json', file: 'config.json', text: '{"profiles": {\n"a": }}', line: 2 },
    { reason: 'not-a-mapping', file: 'config.json', text: '[]', line: null },
    { reason: 'profiles-not-a-mapping', file: 'config.json', text: '{"profiles": []}', line: null },
  ])('are unreadable ($reason) in a $file that is broken', async ({ reason, file, text, line }) => {
    const ccs = emptyCcsHome();
    const path = ccs.write(file, text);
    expect(await read(ccs)).toEqual({
      state: 'unreadable',
      error: { code: 'registry-unreadable', path, reason, line },
    });
  });

  it('are unreadable, not absent, where a symlink leads nowhere', async () => {
    const ccs = emptyCcsHome();
    symlinkSync('/nowhere/config.yaml', join(ccs.ccsDirectory, 'config.yaml'));
    expect(await read(ccs)).toMatchObject({ state: 'unreadable', error: { reason: 'not-found' } });
  });

  it('are read again while they are half written', async () => {
    const ccs = emptyCcsHome();
    ccs.write('config.yaml', '');
    const clock = fakeClock(() => {
      if (clock.sleptMs.length === 2) ccs.write('config.yaml', 'profiles: {a: {settings: /a.json}}\n');
    });
    expect(await read(ccs, clock)).toMatchObject({ state: 'read', config: { profiles: [{ name: 'a' }] } });
    expect(clock.sleptMs).toHaveLength(2);
  });

  it('are given up after some 300 ms', async () => {
    const ccs = emptyCcsHome();
    ccs.write('config.yaml', 'a: [');
    const clock = fakeClock();
    await read(ccs, clock);
    expect(clock.sleptMs.reduce((sum, one) => sum + one, 0)).toBe(300);
  });
});
