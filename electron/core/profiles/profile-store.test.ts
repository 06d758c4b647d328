import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { CreateProfile, Profile } from '../../../shared/schema/profile.ts';
import { emptyCcsHome, fixtureCcsHome } from '../../testing/ccs-home.ts';
import type { CcsHome } from '../../testing/lay-ccs-home.ts';
import { engineHome, envOf } from '../../testing/engine-home.ts';
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { setCcsAutoSync } from './ccs-auto-sync.ts';
import { createProfileStore, type ProfileStore } from './profile-store.ts';

const KEY = 'sk-test-canary-0123456789';
const DAY_MS = 24 * 60 * 60 * 1000;

interface StoreHome {
  readonly home: CcsHome;
  readonly clock: FakeClock;
  readonly context: SyncContext;
  readonly store: ProfileStore;
  readonly read: (file: string) => string;
}

function storeHome(home: CcsHome = fixtureCcsHome()): StoreHome {
  const clock = fakeClock();
  const { ccsDirectory } = home;
  const stateFolder = join(home.home, 'state');
  const context: SyncContext = {
    env: {},
    homedir: home.home,
    platform: process.platform,
    clock,
    ccsDirectory,
    stateFolder,
  };
  const read = (file: string): string => readFileSync(join(ccsDirectory, file), 'utf8');
  return { home, clock, context, store: createProfileStore(context), read };
}

function must<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function codeOf(result: Result<unknown, AppError>): string {
  return result.ok ? 'done' : result.error.code;
}

function blank(name: string, over: Partial<CreateProfile> = {}): CreateProfile {
  return { name, preset: null, resource: null, fields: { key: KEY, model: 'm' }, target: null, ...over };
}

/** All names of the CCS directory, to see that nothing is left behind. */
function namesIn({ home }: StoreHome): readonly string[] {
  return readdirSync(home.ccsDirectory).sort();
}

describe('a profile that is looked at', () => {
  it('shows its settings, and of its key only that it is there', async () => {
    const { store } = storeHome();
    const profile = must(await store.get('albb'));
    expect(profile).toMatchObject({ name: 'albb', registered: true, target: 'claude', fault: null });
    expect(profile.fields).toMatchObject({
      baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/apps/anthropic',
      extraModels: ['glm-4.6', 'kimi-k2', 'glm-4.6'],
      key: { present: true, last4: 'ff00' },
    });
    expect(profile.raw).toContain('"ANTHROPIC_AUTH_TOKEN": "‹kept …ff00›"');
    expect(JSON.stringify(profile)).not.toContain('99aabbcc');
    expect(must(await store.revealKey('albb'))).toBe('sk-sp-99aabbccddeeff00');
  });

  it('is not found where its name is a path, or another profile has its file', async () => {
    const { store, home } = storeHome();
    home.write('config.yaml', 'profiles:\n  other:\n    settings: ~/.ccs/glm.settings.json\n');
    for (const name of ['../x', 'cliproxy/config', '', '.hidden', 'glm', 'nobody']) {
      expect(codeOf(await store.get(name))).toBe('unknown-profile');
    }
    expect(must(await store.get('other')).registered).toBe(true);
  });

  it('tells what is wrong with a file that can not be read, and nothing of its text', async () => {
    const { store, home } = storeHome();
    home.write('glm.settings.json', `{\n "env": {"ANTHROPIC_AUTH_TOKEN": "${KEY}",}\n}`);
    const profile = must(await store.get('glm'));
    expect(profile).toMatchObject({ fields: null, raw: null, fault: { detail: 'not-json', line: 2 } });
    expect(JSON.stringify(profile)).not.toContain('canary');
    expect(codeOf(await store.revealKey('glm'))).toBe('profile-unreadable');
  });
});

describe('creating a profile', () => {
  it('writes what CCS writes, with mode 0600, and adds only its lines to the registry', async () => {
    const at = storeHome();
    const before = at.read('config.yaml');
    const created = must(
      await at.store.create(
        blank('fresh', { preset: 'glmt', fields: { key: KEY, extraModels: ['a', 'b'] } }),
      ),
    );
    expect(created).toMatchObject({ registered: true, fields: { model: 'glm-5', haikuModel: 'glm-5' } });
    expect(JSON.parse(at.read('fresh.settings.json'))).toEqual({
      env: {
        ANTHROPIC_BASE_URL: 'https://api.z.ai/api/anthropic',
        ANTHROPIC_AUTH_TOKEN: KEY,
        ANTHROPIC_MODEL: 'glm-5',
        ANTHROPIC_DEFAULT_OPUS_MODEL: 'glm-5',
        ANTHROPIC_DEFAULT_SONNET_MODEL: 'glm-5',
        ANTHROPIC_DEFAULT_HAIKU_MODEL: 'glm-5',
        ANTHROPIC_EXTRA_MODELS: 'a,b',
      },
    });
    expect(statSync(created.path).mode & 0o777).toBe(0o600);
    const added = '  fresh:\n    type: api\n    settings: ~/.ccs/fresh.settings.json\n';
    const after = at.read('config.yaml');
    expect(after.replace(added, '')).toBe(before);
    expect(namesIn(at).filter((name) => /lock|tmp/.test(name))).toEqual([]);
  });

  it('takes the target of a preset, and a key that is none where none is needed', async () => {
    const at = storeHome(emptyCcsHome());
    expect(must(await at.store.create(blank('hug', { preset: 'hf' }))).target).toBe('droid');
    must(await at.store.create(blank('local', { preset: 'ollama', fields: {} })));
    expect(must(await at.store.revealKey('local'))).toBe('ollama');
    const foundry = must(await at.store.create(blank('az', { preset: 'foundry', resource: 'my-res' })));
    expect(foundry.fields?.baseUrl).toBe('https://my-res.services.ai.azure.com/api/anthropic');
  });

  it('makes the CCS directory where CCS never ran', async () => {
    const home = emptyCcsHome();
    const at = storeHome({ ...home, ccsDirectory: join(home.home, 'new', '.ccs') });
    const created = must(await at.store.create(blank('first')));
    expect(created.registered).toBe(true);
    expect(statSync(at.home.ccsDirectory).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['profile-name-invalid', blank('1a')],
    ['profile-name-invalid', blank('a'.repeat(33))],
    ['profile-name-invalid', blank('Gemini')],
    ['profile-name-invalid', blank('../x')],
    ['profile-exists', blank('glm')],
    ['profile-exists', blank('stray')],
    ['unknown-preset', blank('x', { preset: 'nowhere' })],
    ['preset-incomplete', blank('x', { preset: 'glm', fields: { key: ' ' } })],
    ['preset-incomplete', blank('x', { preset: 'foundry', resource: 'a.evil.test/' })],
    ['profile-value-invalid', blank('x', { fields: { key: '…6789' } })],
    ['profile-value-invalid', blank('x', { fields: { key: KEY, baseUrl: 'ftp://x.test' } })],
    ['profile-value-invalid', blank('x', { fields: { key: KEY, extraModels: ['a,b'] } })],
  ])('is refused (%s) and leaves nothing behind: %j', async (code, request) => {
    const at = storeHome();
    at.home.write('stray.settings.json', 'not even JSON');
    const before = [namesIn(at), at.read('config.yaml'), at.read('glm.settings.json')];
    const result = await at.store.create(request);
    expect(codeOf(result)).toBe(code);
    expect(JSON.stringify(result)).not.toContain('canary');
    expect([namesIn(at), at.read('config.yaml'), at.read('glm.settings.json')]).toEqual(before);
  });

  it('leaves no file where the registry can not be edited, and names the line', async () => {
    const at = storeHome(emptyCcsHome());
    at.home.write('config.yaml', 'a: &a {}\nprofiles: *a\n');
    const result = await at.store.create(blank('x'));
    expect(result).toMatchObject({ ok: false, error: { code: 'ccs-config-refused', refusal: { line: 2 } } });
    expect(namesIn(at)).toEqual(['config.yaml']);
  });

  it('leaves the registry of an older CCS to CCS', async () => {
    const at = storeHome(emptyCcsHome());
    at.home.write('config.json', { profiles: {} });
    expect(codeOf(await at.store.create(blank('x')))).toBe('ccs-config-old');
    expect(namesIn(at)).toEqual(['config.json']);
  });
});

describe('updating a profile', () => {
  async function opened(): Promise<StoreHome & { readonly profile: Profile }> {
    const at = storeHome();
    return { ...at, profile: must(await at.store.get('glm')) };
  }

  it('changes one value of the file and keeps its mode', async () => {
    const { store, read, profile } = await opened();
    const before = read('glm.settings.json');
    chmodSync(profile.path, 0o640);
    const change = { kind: 'fields', set: { haikuModel: 'small' } } as const;
    const after = must(await store.update({ name: 'glm', version: profile.version, change }));
    expect(after.fields?.haikuModel).toBe('small');
    expect(read('glm.settings.json')).toBe(before.replace('HAIKU_MODEL": "glm-5"', 'HAIKU_MODEL": "small"'));
    expect(statSync(profile.path).mode & 0o777).toBe(0o640);
  });

  it('writes nothing where the form was not changed, although it shows masked values', async () => {
    const at = storeHome();
    at.home.profile('odd', envOf('odd', { ANTHROPIC_BASE_URL: 'https://me:secret-pass@x.test/?k=v' }));
    const profile = must(await at.store.get('odd'));
    expect(JSON.stringify(profile)).not.toContain('secret-pass');
    const { baseUrl = '', model = '', extraModels = [] } = profile.fields ?? {};
    const change = { kind: 'fields', set: { baseUrl, model, extraModels } } as const;
    const { ino } = statSync(profile.path);
    expect(must(await at.store.update({ name: 'odd', version: profile.version, change })).version).toBe(
      profile.version,
    );
    expect(statSync(profile.path).ino).toBe(ino);
    const masked = { kind: 'fields', set: { baseUrl: 'https://…@y.test' } } as const;
    expect(codeOf(await at.store.update({ name: 'odd', version: profile.version, change: masked }))).toBe(
      'profile-value-invalid',
    );
  });

  it('follows a symlink and leaves it one', async () => {
    const { store, home, profile } = await opened();
    const real = join(home.home, 'real.json');
    writeFileSync(real, readFileSync(profile.path));
    const link = join(home.ccsDirectory, 'linked.settings.json');
    symlinkSync(real, link);
    const change = { kind: 'fields', set: { model: 'new' } } as const;
    must(await store.update({ name: 'linked', version: profile.version, change }));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toContain('"ANTHROPIC_MODEL": "new"');
  });

  it('changes the target in the registry, and leaves the file alone', async () => {
    const { store, read, profile } = await opened();
    const before = read('glm.settings.json');
    const change = { kind: 'target', target: 'droid' } as const;
    const after = must(await store.update({ name: 'glm', version: profile.version, change }));
    expect(after).toMatchObject({ target: 'droid', registered: true, version: profile.version });
    expect(read('glm.settings.json')).toBe(before);
  });

  it('is refused with the newer version where the file was changed since', async () => {
    const { store, home, read, profile } = await opened();
    home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'newer' }));
    const before = read('glm.settings.json');
    const change = { kind: 'fields', set: { model: 'mine' } } as const;
    const result = await store.update({ name: 'glm', version: profile.version, change });
    expect(result).toMatchObject({
      error: { code: 'profile-changed-since', newer: { fields: { model: 'newer' } } },
    });
    expect(JSON.stringify(result)).not.toContain('canary');
    expect(read('glm.settings.json')).toBe(before);
  });

  it('of two at once lets one win and tells the other', async () => {
    const { store, profile } = await opened();
    const request = (model: string): Parameters<ProfileStore['update']>[0] => ({
      name: 'glm',
      version: profile.version,
      change: { kind: 'fields', set: { model } },
    });
    const codes = (await Promise.all([store.update(request('a')), store.update(request('b'))])).map(codeOf);
    expect(codes.sort()).toEqual(['done', 'profile-changed-since']);
  });

  it('takes the raw text with its markers, and refuses one that is no settings file', async () => {
    const { store, read, profile } = await opened();
    const raw = profile.raw ?? '';
    const change = (text: string): Parameters<ProfileStore['update']>[0] => ({
      name: 'glm',
      version: profile.version,
      change: { kind: 'raw', text },
    });
    expect(codeOf(await store.update(change(raw.replace('"glm-5"', '5'))))).toBe('raw-invalid');
    expect(codeOf(await store.update(change(raw.replace('…', '..'))))).toBe('marker-changed');
    const before = read('glm.settings.json');
    must(await store.update(change(raw.replace('"env"', '"hooks": {},\n  "env"'))));
    expect(read('glm.settings.json')).toBe(before.replace('"env"', '"hooks": {},\n  "env"'));
  });

  it('replaces a broken file by a typed one', async () => {
    const { store, home } = storeHome();
    home.write('glm.settings.json', '{');
    const { version } = must(await store.get('glm'));
    const text = '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-test-typed-0123"}}';
    expect(
      codeOf(await store.update({ name: 'glm', version, change: { kind: 'fields', set: { model: 'x' } } })),
    ).toBe('profile-unreadable');
    must(await store.update({ name: 'glm', version, change: { kind: 'raw', text } }));
    expect(must(await store.revealKey('glm'))).toBe('sk-test-typed-0123');
  });

  it("never touches Claude's own settings", async () => {
    const { store, home } = storeHome();
    mkdirSync(join(home.home, '.claude'));
    const path = join(home.home, '.claude', 'settings.json');
    writeFileSync(path, '{"env": {}}');
    home.write('config.yaml', `profiles:\n  mine:\n    settings: ~/.claude/settings.json\n`);
    const { version } = must(await store.get('mine'));
    const change = { kind: 'raw', text: '{}' } as const;
    for (const result of [
      await store.update({ name: 'mine', version, change }),
      await store.remove('mine'),
      await store.rename({ name: 'mine', to: 'yours' }),
    ]) {
      expect(codeOf(result)).toBe('profile-not-alone');
    }
    expect(readFileSync(path, 'utf8')).toBe('{"env": {}}');
  });
});

describe('renaming and duplicating a profile', () => {
  it('moves file and registration, and keeps the entry in the target', async () => {
    const engine = engineHome({ config: 'port: 8317\n' });
    engine.profile('glm', envOf('glm'));
    engine.write(
      'config.yaml',
      'profiles:\n  glm: # mine\n    type: api\n    settings: ~/.ccs/glm.settings.json\n',
    );
    await engine.sync();
    must(await engine.core.exclude('add', []));
    const config = engine.readConfig();
    const { home, ccsDirectory, stateFolder, clock } = engine;
    const store = createProfileStore({
      env: {},
      homedir: home,
      platform: process.platform,
      clock,
      ccsDirectory,
      stateFolder,
    });
    const renamed = must(await store.rename({ name: 'glm', to: 'zai' }));
    expect(renamed).toMatchObject({
      name: 'zai',
      registered: true,
      path: join(ccsDirectory, 'zai.settings.json'),
    });
    expect(existsSync(join(ccsDirectory, 'glm.settings.json'))).toBe(false);
    expect(readFileSync(join(ccsDirectory, 'config.yaml'), 'utf8')).toBe(
      'profiles:\n  zai: # mine\n    type: api\n    settings: ~/.ccs/zai.settings.json\n',
    );
    const { operations } = (await engine.sync()).plan;
    expect(operations.map(({ op, why }) => `${op} ${why}`)).toEqual(['update rename']);
    expect(engine.readConfig()).toBe(config.replace('glm-"', 'zai-"'));
  });

  it('keeps a profile out that was kept out', async () => {
    const engine = engineHome({ config: 'port: 8317\n' });
    engine.profile('glm', envOf('glm'));
    must(await engine.core.exclude('add', ['glm']));
    const { home, ccsDirectory, stateFolder, clock } = engine;
    const store = createProfileStore({
      env: {},
      homedir: home,
      platform: process.platform,
      clock,
      ccsDirectory,
      stateFolder,
    });
    must(await store.rename({ name: 'glm', to: 'zai' }));
    expect(must(await engine.core.excluded()).excluded).toEqual(['zai']);
  });

  it('leaves a file where it is that is not named after the profile', async () => {
    const at = storeHome(emptyCcsHome());
    at.home.write('elsewhere/work.json', { env: envOf('w') });
    at.home.write('config.yaml', 'profiles:\n  w:\n    settings: ~/.ccs/elsewhere/work.json\n');
    const renamed = must(await at.store.rename({ name: 'w', to: 'v' }));
    expect(renamed.path).toBe(join(at.home.ccsDirectory, 'elsewhere', 'work.json'));
    expect(at.read('config.yaml')).toBe('profiles:\n  v:\n    settings: ~/.ccs/elsewhere/work.json\n');
  });

  it('copies the bytes and the target', async () => {
    const at = storeHome();
    const copy = must(await at.store.duplicate({ name: 'hf', to: 'hf2' }));
    expect(copy).toMatchObject({ target: 'droid', registered: true });
    expect(at.read('hf2.settings.json')).toBe(at.read('hf.settings.json'));
    expect(statSync(copy.path).mode & 0o777).toBe(0o600);
  });

  it.each(['rename', 'duplicate'] as const)('refuses to %s onto another', async (verb) => {
    const at = storeHome();
    const before = [namesIn(at), at.read('config.yaml')];
    expect(codeOf(await at.store[verb]({ name: 'glm', to: 'km' }))).toBe('profile-exists');
    expect(codeOf(await at.store[verb]({ name: 'glm', to: 'a b' }))).toBe('profile-name-invalid');
    expect(codeOf(await at.store[verb]({ name: 'nobody', to: 'free' }))).toBe('unknown-profile');
    expect([namesIn(at), at.read('config.yaml')]).toEqual(before);
  });

  it('registers a file that CCS does not know', async () => {
    const at = storeHome();
    at.home.profile('loose', envOf('loose'));
    expect(must(await at.store.get('loose')).registered).toBe(false);
    expect(must(await at.store.register('loose')).registered).toBe(true);
    const text = at.read('config.yaml');
    expect(must(await at.store.register('loose')).registered).toBe(true);
    expect(at.read('config.yaml')).toBe(text);
  });
});

describe('deleting a profile', () => {
  it('takes file and registration away and brings both back', async () => {
    const at = storeHome();
    const before = [
      at.read('hf.settings.json'),
      at.read('config.yaml').includes('hf.settings.json'),
      'droid',
    ];
    const gone = must(await at.store.remove('hf'));
    expect(codeOf(await at.store.get('hf'))).toBe('unknown-profile');
    expect(at.read('config.yaml')).not.toContain('hf.settings.json');
    expect(must(await at.store.deleted())).toEqual([gone]);
    expect(gone.expiresMs - gone.deletedMs).toBe(30 * DAY_MS);
    const back = must(await at.store.undelete(gone.id));
    expect([at.read('hf.settings.json'), back.registered, back.target]).toEqual(before);
    expect(must(await at.store.deleted())).toEqual([]);
    expect(codeOf(await at.store.undelete(gone.id))).toBe('unknown-deleted');
  });

  it('keeps what it took in files that only the user can read', async () => {
    const at = storeHome();
    must(await at.store.remove('glm'));
    const homes = join(at.context.stateFolder, 'homes');
    const trash = join(homes, readdirSync(homes)[0] ?? '', 'trash');
    expect(statSync(trash).mode & 0o777).toBe(0o700);
    expect(readdirSync(trash).map((name) => statSync(join(trash, name)).mode & 0o777)).toEqual([0o600]);
  });

  it('keeps it for 30 days and no longer', async () => {
    const at = storeHome();
    const { id } = must(await at.store.remove('glm'));
    await at.clock.advance(29 * DAY_MS);
    expect(must(await at.store.deleted())).toHaveLength(1);
    await at.clock.advance(2 * DAY_MS);
    expect(codeOf(await at.store.undelete(id))).toBe('unknown-deleted');
    const homes = join(at.context.stateFolder, 'homes');
    expect(readdirSync(join(homes, readdirSync(homes)[0] ?? '', 'trash'))).toEqual([]);
  });

  it('does not bring one back over another', async () => {
    const at = storeHome();
    const { id } = must(await at.store.remove('glm'));
    must(await at.store.create(blank('glm')));
    expect(codeOf(await at.store.undelete(id))).toBe('profile-exists');
    expect(must(await at.store.deleted())).toHaveLength(1);
  });

  it('refuses where another profile uses the file, or the registry can not be edited', async () => {
    const at = storeHome();
    at.home.write(
      'config.yaml',
      'profiles:\n  glm: {settings: ~/.ccs/glm.settings.json}\n  g2: {settings: ~/.ccs/glm.settings.json}\n',
    );
    expect(await at.store.remove('glm')).toMatchObject({ error: { code: 'profile-not-alone', other: 'g2' } });
    at.home.write('config.yaml', 'x: &x {settings: ~/.ccs/glm.settings.json}\nprofiles:\n  glm: *x\n');
    expect(codeOf(await at.store.remove('glm'))).toBe('ccs-config-refused');
    expect(existsSync(join(at.home.ccsDirectory, 'glm.settings.json'))).toBe(true);
    expect(must(await at.store.deleted())).toEqual([]);
  });
});

describe("CCS's settings", () => {
  it('keep every byte but the one value, their mode, and the link that leads to them', async () => {
    const at = storeHome();
    const before = at.read('config.yaml');
    const real = join(at.home.home, 'dotfiles.yaml');
    writeFileSync(real, before, { mode: 0o640 });
    chmodSync(real, 0o640);
    const path = join(at.home.ccsDirectory, 'linked', 'config.yaml');
    mkdirSync(join(at.home.ccsDirectory, 'linked'));
    symlinkSync(real, path);
    const ccs = { ccsDirectory: join(at.home.ccsDirectory, 'linked'), clock: at.clock };
    must(await setCcsAutoSync(ccs, false));
    expect(readFileSync(real, 'utf8')).toBe(before.replace('  auto_sync: true', '  auto_sync: false'));
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(statSync(real).mode & 0o777).toBe(0o640);
    const { ino } = statSync(real);
    must(await setCcsAutoSync(ccs, false));
    expect(statSync(real).ino).toBe(ino);
  });

  it('that are not text are refused', async () => {
    const at = storeHome();
    at.home.write('config.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]));
    expect(await setCcsAutoSync(at.context, true)).toMatchObject({
      error: { code: 'ccs-config-unusable', reason: 'not-utf8' },
    });
  });
});
