import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../shared/result.ts';
import type { AddTarget } from '../../../shared/schema/remote.ts';
import { emptyCcsHome } from '../../testing/ccs-home.ts';
import { must } from '../../testing/engine-home.ts';
import type { CcsHome } from '../../testing/lay-ccs-home.ts';
import { createContext } from '../core.ts';
import { systemClock } from '../support/clock.ts';
import { peekHome } from '../sync/home.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { readRemoteTargets } from './remote-targets.ts';
import { type Keyring, readTargetKey } from './target-keys.ts';
import { createTargetStore } from './target-store.ts';

const KEY = 'sk-test-management-0123456789';
const OTHER_KEY = 'sk-test-management-9876543210';
/** Of a home without a configuration. */
const LOCAL = { url: 'http://127.0.0.1:8317', known: 'unknown', keptFor: null };

/** Reversible, and nothing of the text is left to see. */
const keyring: Keyring = {
  isAvailable: () => true,
  encrypt: (text) => Buffer.from(text).toString('hex'),
  decrypt: (sealed) => Buffer.from(sealed, 'hex').toString('utf8'),
};

const office: AddTarget = {
  name: 'Büro 2',
  url: 'proxy.test',
  key: { kind: 'typed', key: ` ${KEY}\n` },
  keySource: 'file',
  profiles: null,
  mode: 'auto',
  certificate: null,
  plainHttp: false,
};

interface Setup {
  readonly ccsHome: CcsHome;
  readonly context: SyncContext;
  readonly folder: string;
  readonly store: ReturnType<typeof createTargetStore>;
  /** The key that would be sent to the target of this id. */
  readonly keyOf: (id: string) => string | null;
}

function setup(over: Partial<SyncContext> = {}, ccsHome = emptyCcsHome()): Setup {
  const deps = { env: {}, homedir: ccsHome.home, platform: process.platform, clock: systemClock() };
  const context = { ...must(createContext(deps)), ...over };
  const { folder } = must(peekHome(context.stateFolder, context.ccsDirectory));
  const keyOf = (id: string): string | null => {
    const target = must(readRemoteTargets(folder)).find((one) => one.id === id);
    if (target === undefined) return null;
    const key = readTargetKey(folder, target, { env: context.env, keyring: context.keyring ?? null });
    return key.ok ? key.value : null;
  };
  return { ccsHome, context, folder, store: createTargetStore(context), keyOf };
}

describe('a server that is set up', () => {
  it('is kept with its key in files that nobody else can read, apart from each other', async () => {
    const { store, folder, keyOf } = setup();
    const { key: _key, ...asked } = office;
    const expected = { ...asked, id: 'buro-2', url: 'https://proxy.test:443', paused: false };
    expect(await store.add(office)).toEqual(ok(expected));
    expect(must(readRemoteTargets(folder))).toEqual([expected]);
    expect(readFileSync(join(folder, 'targets.json'), 'utf8')).not.toContain(KEY);
    expect(keyOf('buro-2')).toBe(KEY);
    for (const name of ['targets.json', 'keys.json'])
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(must(await store.configured())).toEqual({
      local: LOCAL,
      remotes: [{ ...expected, hasKey: true, wasSynced: false }],
      suggestion: null,
      keyring: false,
    });
  });

  it('has a name, an address and a key of its own', async () => {
    const { store } = setup();
    must(await store.add(office));
    const tries: readonly (readonly [Partial<AddTarget>, unknown])[] = [
      [{ name: ' BÜRO 2 ' }, { code: 'target-name-taken', name: 'BÜRO 2' }],
      [{ name: 'Local' }, { code: 'target-name-taken', name: 'Local' }],
      [
        { name: 'x', url: 'https://proxy.test/' },
        { code: 'target-url-taken', name: 'Büro 2' },
      ],
      [{ name: ' ' }, { code: 'target-value-invalid', field: 'name' }],
      [{ name: 'a\nb' }, { code: 'target-value-invalid', field: 'name' }],
      [{ name: 'a'.repeat(65) }, { code: 'target-value-invalid', field: 'name' }],
      [
        { name: 'x', url: 'ftp://a.test' },
        { code: 'target-value-invalid', field: 'url' },
      ],
      ...['', ' ', 'a\nb', 'schlüssel'].map(
        (key) =>
          [
            { name: 'x', url: 'a.test', key: { kind: 'typed', key } },
            { code: 'target-value-invalid', field: 'key' },
          ] as const,
      ),
      [
        { name: 'x', url: 'a.test', keySource: 'keyring' },
        { code: 'target-value-invalid', field: 'key-source' },
      ],
    ];
    for (const [over, error] of tries) expect(await store.add({ ...office, ...over })).toEqual(err(error));
    expect(must(await store.configured()).remotes).toHaveLength(1);
  });

  it('is one of several that are added at the same time', async () => {
    const { store } = setup();
    const added = ['a', 'b', 'c', 'd'].map((name) => store.add({ ...office, name, url: `${name}.test` }));
    expect((await Promise.all(added)).map((one) => one.ok)).toEqual([true, true, true, true]);
    const { remotes } = must(await store.configured());
    expect(remotes.map(({ id, hasKey }) => `${id} ${hasKey}`).sort()).toEqual([
      'a true',
      'b true',
      'c true',
      'd true',
    ]);
  });

  it('keeps its id, its key and what is not named when it is changed', async () => {
    const { store, keyOf } = setup();
    must(await store.add(office));
    const changed = must(
      await store.update({ id: 'buro-2', name: 'Office', profiles: ['glm'], paused: true }),
    );
    expect(changed).toMatchObject({
      id: 'buro-2',
      name: 'Office',
      profiles: ['glm'],
      paused: true,
      mode: 'auto',
    });
    expect(keyOf('buro-2')).toBe(KEY);
    expect(await store.update({ id: 'nobody', paused: true })).toEqual(
      err({ code: 'unknown-target', name: 'nobody' }),
    );
  });

  it('is forgotten with its key', async () => {
    const { store, folder } = setup();
    must(await store.add(office));
    must(await store.remove('buro-2'));
    expect(must(await store.configured()).remotes).toEqual([]);
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(KEY);
    expect(await store.remove('buro-2')).toEqual(err({ code: 'unknown-target', name: 'buro-2' }));
  });

  it('is never taken for none where its file makes no sense', async () => {
    const { store, folder } = setup();
    must(await store.add(office));
    for (const [text, reason] of [
      ['{', 'not-json'],
      ['{"version":1,"targets":[{}]}', 'not-as-written'],
    ] as const) {
      const path = join(folder, 'targets.json');
      writeFileSync(path, text);
      const error = err({ code: 'state-unusable', path, reason });
      expect(readRemoteTargets(folder)).toEqual(error);
      expect(await store.add({ ...office, name: 'x' })).toEqual(error);
      expect(readFileSync(path, 'utf8')).toBe(text);
    }
  });
});

describe('the key of a server', () => {
  it('is never carried to another address', async () => {
    const { store, folder, keyOf } = setup();
    must(await store.add(office));
    const refused = err({ code: 'target-value-invalid', field: 'key' });
    const url = 'https://elsewhere.test';
    expect(await store.update({ id: 'buro-2', url })).toEqual(refused);
    expect(await store.update({ id: 'buro-2', url, key: { kind: 'stored' } })).toEqual(refused);
    const test = { id: 'buro-2', url, key: { kind: 'stored' }, certificate: null, plainHttp: false } as const;
    expect(await store.test(test)).toEqual(refused);
    const path = join(folder, 'targets.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('https://proxy.test:443', 'https://elsewhere.test:443'),
    );
    expect(keyOf('buro-2')).toBeNull();
  });

  it('is replaced by a new one, of which alone something is left', async () => {
    const { store, folder, keyOf } = setup();
    must(await store.add(office));
    must(await store.update({ id: 'buro-2', url: 'a.test', key: { kind: 'typed', key: OTHER_KEY } }));
    expect(keyOf('buro-2')).toBe(OTHER_KEY);
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(KEY);
  });

  it('comes from the environment where it is set there, whatever is kept', async () => {
    const env = { CLIPROXY_SYNC_KEY_BURO_2: OTHER_KEY };
    const ccsHome = emptyCcsHome();
    must(await setup({}, ccsHome).store.add(office));
    expect(setup({ env }, ccsHome).keyOf('buro-2')).toBe(OTHER_KEY);
  });

  it('is kept nowhere where it stays in the environment', async () => {
    const { store, folder, context } = setup();
    const target = must(await store.add({ ...office, keySource: 'environment', key: { kind: 'stored' } }));
    expect(existsSync(join(folder, 'keys.json'))).toBe(false);
    expect(readTargetKey(folder, target, { env: {}, keyring: null })).toEqual(
      err({ code: 'no-key', source: 'environment' }),
    );
    const test = {
      id: target.id,
      url: target.url,
      key: { kind: 'stored' },
      certificate: null,
      plainHttp: false,
    } as const;
    expect(must(await createTargetStore(context).test(test))).toEqual({
      fault: { code: 'no-key', source: 'environment' },
      version: null,
      entries: null,
      asked: 0,
    });
  });

  it('is not thrown away for a variable that is not set', async () => {
    const ccsHome = emptyCcsHome();
    const { store, keyOf } = setup({}, ccsHome);
    must(await store.add(office));
    for (const key of [{}, { key: { kind: 'variable' } }] as const)
      expect(await store.update({ id: 'buro-2', keySource: 'environment', ...key })).toEqual(
        err({ code: 'target-value-invalid', field: 'key-source' }),
      );
    expect(keyOf('buro-2')).toBe(KEY);
    const env = { CLIPROXY_SYNC_KEY_BURO_2: OTHER_KEY };
    must(await setup({ env }, ccsHome).store.update({ id: 'buro-2', keySource: 'environment' }));
    expect(keyOf('buro-2')).toBeNull();
  });

  it('of the variable is the one that is tested, whatever is kept', async () => {
    const { store } = setup();
    const { id, url } = must(await store.add(office));
    const look = { id, url, key: { kind: 'variable' }, certificate: null, plainHttp: false } as const;
    expect(must(await store.test(look))).toMatchObject({
      fault: { code: 'no-key', source: 'environment' },
      asked: 0,
    });
  });

  it('is sealed by a keyring, and can’t be read without it', async () => {
    const ccsHome = emptyCcsHome();
    const { store, folder, keyOf } = setup({ keyring }, ccsHome);
    must(await store.add({ ...office, keySource: 'keyring' }));
    expect(keyOf('buro-2')).toBe(KEY);
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(KEY);
    const [target] = must(readRemoteTargets(folder));
    const without = target && readTargetKey(folder, target, { env: {}, keyring: null });
    expect(without).toEqual(err({ code: 'no-key', source: 'keyring' }));
    const lost = { ...keyring, decrypt: () => null };
    expect(setup({ keyring: lost }, ccsHome).keyOf('buro-2')).toBeNull();
  });

  it('moves from file to keyring and back', async () => {
    const { store, folder, keyOf } = setup({ keyring });
    must(await store.add(office));
    must(await store.update({ id: 'buro-2', keySource: 'keyring' }));
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(KEY);
    expect(keyOf('buro-2')).toBe(KEY);
    must(await store.update({ id: 'buro-2', keySource: 'file' }));
    expect(keyOf('buro-2')).toBe(KEY);
  });

  it.skipIf(process.platform === 'win32')('is closed to others where its file was open to them', async () => {
    const { store, folder, keyOf } = setup();
    must(await store.add(office));
    chmodSync(join(folder, 'keys.json'), 0o644);
    expect(keyOf('buro-2')).toBe(KEY);
    expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
  });
});

describe('the server that CCS uses', () => {
  const settings = `cliproxy_server:\n  remote:\n    host: proxy.test\n    protocol: https\n    auth_token: ${KEY}\n`;

  it('is offered, and its key is used for its own address alone', async () => {
    const { store, ccsHome, keyOf } = setup();
    ccsHome.write('config.yaml', settings);
    const suggestion = { url: 'https://proxy.test:443', hasKey: true };
    expect(must(await store.configured())).toEqual({
      local: LOCAL,
      remotes: [],
      suggestion,
      keyring: false,
    });
    const key = { kind: 'ccs' } as const;
    expect(await store.add({ ...office, url: 'elsewhere.test', key })).toEqual(
      err({ code: 'target-value-invalid', field: 'key' }),
    );
    must(await store.add({ ...office, key }));
    expect(keyOf('buro-2')).toBe(KEY);
    expect(must(await store.configured()).suggestion).toBeNull();
  });
});

describe('a test of a server', () => {
  it('says what is wrong, and how often the key was sent', async () => {
    const { store } = setup();
    const request = { id: null, key: office.key, certificate: null, plainHttp: false };
    const plain = must(await store.test({ ...request, url: 'http://proxy.test' }));
    expect(plain).toEqual({ fault: { code: 'plain-http' }, version: null, entries: null, asked: 0 });
    const nobody = must(await store.test({ ...request, url: 'http://127.0.0.1:9' }));
    expect(nobody.fault).toEqual({ code: 'unreachable', reason: 'ECONNREFUSED' });
    expect(nobody.asked).toBe(0);
  });
});
