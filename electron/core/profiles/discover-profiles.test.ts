import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyCcsHome, fixtureCcsHome } from '../../testing/ccs-home.ts';
import type { CcsHome } from '../../testing/lay-ccs-home.ts';
import { childProgram } from '../../testing/child-program.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { needsRoot } from '../../testing/requirements.ts';
import { discoverProfiles, type DiscoverRequest, type Snapshot } from './discover-profiles.ts';

const TOKEN = { ANTHROPIC_AUTH_TOKEN: 'sk-test-1' };

function requestFor({ ccsDirectory, home }: CcsHome, more: Partial<DiscoverRequest> = {}): DiscoverRequest {
  const base = { ccsDirectory, homedir: home, env: {}, clock: fakeClock(), lastRegistry: null, owned: [] };
  return { ...base, ...more };
}

async function discover(ccs: CcsHome, more: Partial<DiscoverRequest> = {}): Promise<Snapshot> {
  const result = await discoverProfiles(requestFor(ccs, more));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** `name state-or-fault`, with `*` for a registered one. */
function summary({ profiles }: Snapshot): readonly string[] {
  return profiles.map(({ name, registered, file }) => {
    const state = file.state === 'unreadable' ? file.detail : file.state;
    return `${name}${registered ? '*' : ''} ${state}`;
  });
}

describe('discovering profiles', () => {
  it.each([undefined, 'höme with späces '])('finds all of a real home (%s)', async (folderName) => {
    const ccs = fixtureCcsHome(folderName);
    const clock = fakeClock();
    const snapshot = await discover(ccs, { clock });
    expect(summary(snapshot)).toEqual([
      'albb* read',
      'anthropic* read',
      'gemini read',
      'glm* read',
      'hf* read',
      'km* read',
      'my.custom-1* read',
      'openrouter* read',
    ]);
    expect(snapshot.registry).toEqual({ state: 'known' });
    expect(snapshot.profiles.find(({ name }) => name === 'hf')?.target).toBe('droid');
    expect(snapshot.profiles.find(({ name }) => name === 'albb')).toMatchObject({
      path: join(ccs.ccsDirectory, 'albb.settings.json'),
      file: { token: 'sk-sp-99aabbccddeeff00', models: ['qwen3-coder-plus', 'glm-4.6', 'kimi-k2'] },
    });
    expect(clock.sleptMs).toEqual([]);
  });

  it('reads every kind of bad file without harm to the others', async () => {
    const ccs = emptyCcsHome();
    ccs.profile('good', TOKEN);
    ccs.write('empty.settings.json', '');
    ccs.write('binary.settings.json', Buffer.from([0, 255, 1, 254]));
    truncateSync(ccs.write('large.settings.json', ''), 50 * 1024 * 1024);
    mkdirSync(join(ccs.ccsDirectory, 'folder.settings.json'));
    symlinkSync('nowhere', join(ccs.ccsDirectory, 'dangling.settings.json'));
    execFileSync('mkfifo', [join(ccs.ccsDirectory, 'fifo.settings.json')]);
    ccs.write('doubled.settings.json', '{"env": {}, "env": {"ANTHROPIC_AUTH_TOKEN": "sk-test-2"}}');
    ccs.write('marked.settings.json', '\ufeff{}');
    ccs.write('list.settings.json', { env: ['A'] });
    ccs.write('.hidden.settings.json', '{}');
    ccs.write('.settings.json', '{}');
    ccs.write('other.json', '{}');
    expect(summary(await discover(ccs))).toEqual([
      'binary not-utf8',
      'dangling not-found',
      'doubled read',
      'empty empty',
      'fifo not-a-file',
      'folder not-a-file',
      'good read',
      'large too-large',
      'list env-not-object',
      'marked read',
    ]);
  });

  it('takes name, path and target from the registry', async () => {
    const ccs = emptyCcsHome();
    ccs.profile('stem', TOKEN);
    const elsewhere = join(ccs.home, 'elsewhere.json');
    writeFileSync(elsewhere, '{}');
    ccs.profile('shadowed', TOKEN);
    ccs.write('config.yaml', {
      profiles: {
        named: { settings: '~/.ccs/stem.settings.json' },
        again: { settings: '$DIR/stem.settings.json', target: 'codex' },
        shadowed: { settings: '~/elsewhere.json' },
      },
    });
    symlinkSync(ccs.ccsDirectory, join(ccs.home, 'link'));
    const { profiles } = await discover(ccs, { env: { DIR: join(ccs.home, 'link') } });
    expect(profiles.map(({ name, path, target }) => [name, path, target])).toEqual([
      ['again', join(ccs.home, 'link/stem.settings.json'), 'codex'],
      ['named', join(ccs.ccsDirectory, 'stem.settings.json'), 'claude'],
      ['shadowed', elsewhere, 'claude'],
    ]);
  });

  it('reads a registered file that came after the listing', async () => {
    const ccs = emptyCcsHome();
    ccs.write('config.yaml', '');
    const clock = fakeClock(() => {
      ccs.profile('a', TOKEN);
      ccs.write('config.yaml', 'profiles: {a: {}}\n');
    });
    expect(summary(await discover(ccs, { clock }))).toEqual(['a* read']);
  });

  it('tells where symlinks lead', async () => {
    const ccs = emptyCcsHome();
    mkdirSync(join(ccs.home, '.claude'));
    writeFileSync(join(ccs.home, '.claude/settings.json'), '{}');
    symlinkSync('../.claude/settings.json', join(ccs.ccsDirectory, 'mine.settings.json'));
    const { profiles } = await discover(ccs);
    expect(profiles[0]?.realPath).toMatch(/\.claude\/settings\.json$/);
  });

  it('reads half-written files again, all after one wait', async () => {
    const ccs = emptyCcsHome();
    ccs.write('a.settings.json', '');
    ccs.write('b.settings.json', '{"env": {');
    const clock = fakeClock(() => {
      ccs.profile('a', TOKEN);
      if (clock.sleptMs.length === 2) ccs.profile('b', TOKEN);
    });
    expect(summary(await discover(ccs, { clock }))).toEqual(['a read', 'b read']);
    expect(clock.sleptMs).toHaveLength(2);
  });

  it('gives up on broken files after some 300 ms', async () => {
    const ccs = emptyCcsHome();
    for (const name of ['a', 'b', 'c']) ccs.write(`${name}.settings.json`, '{');
    const clock = fakeClock();
    await discover(ccs, { clock });
    expect(clock.sleptMs.reduce((sum, one) => sum + one, 0)).toBe(300);
  });

  it('fails where the CCS directory is missing or no folder', async () => {
    const ccs = emptyCcsHome();
    rmSync(ccs.ccsDirectory, { recursive: true });
    const path = ccs.ccsDirectory;
    expect(await discoverProfiles(requestFor(ccs))).toEqual({
      ok: false,
      error: { code: 'ccs-directory-missing', path },
    });
    writeFileSync(path, '');
    expect(await discoverProfiles(requestFor(ccs))).toEqual({
      ok: false,
      error: { code: 'ccs-directory-unreadable', path, reason: 'ENOTDIR' },
    });
  });
});

describe('a registry that cannot be read', () => {
  it('counts as it was last known', async () => {
    const ccs = emptyCcsHome();
    const path = ccs.profile('a', TOKEN);
    ccs.write('config.yaml', 'profiles: [');
    const snapshot = await discover(ccs, {
      lastRegistry: [{ name: 'a', settingsPath: path, target: 'droid' }],
    });
    expect(snapshot).toMatchObject({
      registry: { state: 'last-known', error: { code: 'registry-unreadable', line: 1 } },
      config: null,
      profiles: [{ name: 'a', registered: true, target: 'droid' }],
    });
  });

  it('is unknown where it never was', async () => {
    const ccs = emptyCcsHome();
    ccs.profile('a', TOKEN);
    ccs.write('config.yaml', 'profiles: [');
    expect(await discover(ccs)).toMatchObject({
      registry: { state: 'unknown' },
      profiles: [{ name: 'a', registered: false }],
    });
  });

  it('makes no profile elsewhere gone', async () => {
    const ccs = emptyCcsHome();
    const path = join(ccs.home, 'a.json');
    writeFileSync(path, '{}');
    ccs.write('config.yaml', 'profiles: [');
    const snapshot = await discover(ccs, { owned: [{ name: 'a', path }] });
    expect(snapshot.missing).toEqual([]);
    expect(summary(snapshot)).toEqual(['a not-found']);
  });

  it('is waited for where it was there before and is absent', async () => {
    const ccs = emptyCcsHome();
    const path = ccs.profile('hf', TOKEN);
    const clock = fakeClock(() => ccs.write('config.yaml', 'profiles: {hf: {target: droid}}\n'));
    const snapshot = await discover(ccs, {
      clock,
      lastRegistry: [{ name: 'hf', settingsPath: path, target: 'droid' }],
    });
    expect(snapshot.profiles).toMatchObject([{ name: 'hf', target: 'droid' }]);
    expect(clock.sleptMs).toEqual([1000]);
  });

  it('is empty where CCS has none, and never had', async () => {
    const clock = fakeClock();
    const snapshot = await discover(emptyCcsHome(), { clock });
    expect(snapshot).toMatchObject({ registry: { state: 'known' }, config: null, profiles: [] });
    expect(clock.sleptMs).toEqual([]);
  });
});

describe('an owned profile', () => {
  function owned(ccs: CcsHome, name: string): DiscoverRequest['owned'] {
    return [{ name, path: join(ccs.ccsDirectory, `${name}.settings.json`) }];
  }

  it('is gone after two looks, a second apart', async () => {
    const ccs = emptyCcsHome();
    ccs.profile('other', TOKEN);
    const clock = fakeClock();
    const snapshot = await discover(ccs, { clock, owned: owned(ccs, 'a') });
    expect(snapshot.missing).toEqual(['a']);
    expect(summary(snapshot)).toEqual(['other read']);
    expect(clock.sleptMs).toEqual([1000]);
  });

  it('is not gone where it is back at the second look', async () => {
    const ccs = emptyCcsHome();
    const clock = fakeClock(() => ccs.profile('a', TOKEN));
    const snapshot = await discover(ccs, { clock, owned: owned(ccs, 'a') });
    expect(snapshot.missing).toEqual([]);
    expect(summary(snapshot)).toEqual(['a read']);
  });

  it('is unreadable, not gone, where only the second look lacks it', async () => {
    const ccs = emptyCcsHome();
    const path = ccs.profile('b', TOKEN);
    const clock = fakeClock(() => rmSync(path));
    const snapshot = await discover(ccs, { clock, owned: [...owned(ccs, 'a'), ...owned(ccs, 'b')] });
    expect(snapshot.missing).toEqual(['a']);
    expect(summary(snapshot)).toEqual(['b not-found']);
  });

  it('that is registered is missing once its folder lacks it twice', async () => {
    const ccs = emptyCcsHome();
    ccs.write('config.yaml', 'profiles: {a: {}, b: {}}\n');
    const snapshot = await discover(ccs, { owned: owned(ccs, 'a') });
    expect(snapshot.missing).toEqual(['a']);
    expect(summary(snapshot)).toEqual(['a* missing', 'b* missing']);
  });

  it('is unreadable, not gone, while its folder cannot be listed', async () => {
    const ccs = emptyCcsHome();
    const path = join(ccs.home, 'unmounted/a.json');
    const clock = fakeClock();
    const snapshot = await discover(ccs, { clock, owned: [{ name: 'a', path }] });
    expect(summary(snapshot)).toEqual(['a not-found']);
    expect(snapshot.missing).toEqual([]);
    ccs.write('config.yaml', { profiles: { a: { settings: path } } });
    expect(summary(await discover(ccs, { owned: [{ name: 'a', path }] }))).toEqual(['a* not-found']);
    expect(clock.sleptMs).toEqual([]);
  });

  it('is gone where the registry gives its file another name', async () => {
    const ccs = emptyCcsHome();
    ccs.profile('a', TOKEN);
    ccs.write('config.yaml', 'profiles: {b: {settings: ~/.ccs/a.settings.json}}\n');
    const snapshot = await discover(ccs, { owned: owned(ccs, 'a') });
    expect(snapshot.missing).toEqual(['a']);
    expect(summary(snapshot)).toEqual(['b* read']);
  });

  it('is in no danger where the whole directory disappears between the looks', async () => {
    const ccs = emptyCcsHome();
    const clock = fakeClock(() => renameSync(ccs.ccsDirectory, `${ccs.ccsDirectory}-away`));
    const result = await discoverProfiles(requestFor(ccs, { clock, owned: owned(ccs, 'a') }));
    expect(result).toMatchObject({ ok: false, error: { code: 'ccs-directory-missing' } });
  });
});

describe.skipIf(!needsRoot())('as a user who may not read everything', () => {
  function discoverAsNobody(ccs: CcsHome): unknown {
    chmodSync(ccs.home, 0o755);
    const user = ['--reuid=65534', '--regid=65534', '--clear-groups', '--'];
    const program = [process.execPath, childProgram('read-profiles'), ccs.ccsDirectory];
    const { stdout, stderr } = spawnSync('setpriv', [...user, ...program], { encoding: 'utf8' });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  }

  it('a profile without permission is unreadable, the others are read', () => {
    const ccs = emptyCcsHome();
    chmodSync(ccs.profile('open', TOKEN), 0o644);
    ccs.profile('closed', TOKEN);
    expect(discoverAsNobody(ccs)).toMatchObject({
      value: {
        profiles: [
          { name: 'closed', file: { state: 'unreadable', detail: 'no-permission' } },
          { name: 'open', file: { state: 'read' } },
        ],
      },
    });
  });

  it('a CCS directory that cannot be listed is an error', () => {
    const ccs = emptyCcsHome();
    chmodSync(ccs.ccsDirectory, 0o711);
    expect(discoverAsNobody(ccs)).toMatchObject({
      ok: false,
      error: { code: 'ccs-directory-unreadable', reason: 'EACCES' },
    });
  });

  it('a registry without permission is unreadable, not absent', () => {
    const ccs = emptyCcsHome();
    ccs.write('config.yaml', 'version: 13\n');
    expect(discoverAsNobody(ccs)).toMatchObject({
      value: { registry: { state: 'unknown', error: { reason: 'no-permission' } } },
    });
  });
});
