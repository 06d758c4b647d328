import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVENTS, type Method, METHODS, type MethodInput } from '../../shared/contract.ts';
import { err, ok } from '../../shared/result.ts';
import { envOf, engineHome, must } from '../testing/engine-home.ts';
import { fixtureCcsHome } from '../testing/ccs-home.ts';
import { clientOf, tryService } from '../testing/service-home.ts';
import { NO_ABILITIES } from './host-abilities.ts';
import { createDispatch, type Handlers } from './dispatch.ts';

const change = { dryRun: false, accepted: true };
const sync = { only: null, accepted: true, dryRun: false, create: false, targetNamed: false, verify: false };

/**
 * An input for every method, called in this order. The type makes a method without an example fail the build, as
 * `Handlers` does for one without a handler.
 */
const EXAMPLES: { readonly [M in Method]: MethodInput<M> } = {
  'state.get': {},
  'sync.preview': {},
  'sync.run': sync,
  'status.get': {},
  'history.list': {},
  'history.get': { id: 1 },
  'sync.undo': { record: null, ...change },
  'hold.release': { profile: 'one' },
  'history.restore': { record: null, ...change, dryRun: true },
  'autoSync.set': { mode: 'own', enabled: false },
  'pause.set': { untilMs: null },
  'profiles.list': {},
  'profiles.get': { name: 'one' },
  'presets.list': {},
  'profiles.create': {
    name: 'made',
    preset: 'glm',
    resource: null,
    fields: { key: 'sk-test-canary-typed-0123' },
    target: null,
  },
  'profiles.update': {
    name: 'one',
    version: 'stale',
    change: { kind: 'fields', set: { key: 'sk-test-canary-typed-4567' } },
  },
  'profiles.duplicate': { name: 'one', to: 'second' },
  'profiles.rename': { name: 'second', to: 'third' },
  'profiles.register': { name: 'two' },
  'profiles.delete': { name: 'third' },
  'profiles.deleted': {},
  'profiles.undelete': { id: 'none' },
  'profiles.excluded': {},
  'profiles.exclude': { change: 'add', names: ['two'] },
  'profiles.revealKey': { name: 'one' },
  'profiles.copyKey': { name: 'one' },
  'profiles.test': { name: 'nobody' },
  'targets.list': {},
  'targets.add': {
    name: 'Office',
    url: 'http://127.0.0.1:9',
    key: { kind: 'typed', key: 'sk-test-canary-management-0123' },
    keySource: 'file',
    profiles: null,
    mode: 'manual',
    certificate: null,
    plainHttp: false,
  },
  'targets.configured': {},
  'targets.test': {
    id: 'office',
    url: 'http://127.0.0.1:9',
    key: { kind: 'stored' },
    certificate: null,
    plainHttp: false,
  },
  'targets.update': { id: 'office', paused: true },
  'targets.remove': { id: 'office', entries: 'keep' },
  'proxyKey.set': { key: 'sk-test-canary-proxy-0123' },
  'catalog.get': {},
  'catalog.refresh': {},
  'catalog.reset': {},
  'settings.get': {},
  'settings.set': { quietMs: 300 },
  'diagnostics.report': {},
  'targets.release': { entries: 'keep', ...change },
  'history.purge': { first: true },
  'files.open': { kind: 'profile', name: 'one' },
  'clipboard.copyText': { text: 'cliproxy-sync serve --link' },
  'autostart.get': {},
  'autostart.set': { enabled: true },
  'web.link': {},
};

/** Methods for which the example can only fail, with how. */
const EXPECTED_FAILURES: Partial<Record<Method, string>> = {
  'history.restore': 'nothing-to-undo',
  'profiles.update': 'profile-changed-since',
  'profiles.undelete': 'unknown-deleted',
  'profiles.test': 'unknown-profile',
  'files.open': 'not-offered',
  'clipboard.copyText': 'not-offered',
  'autostart.get': 'not-offered',
  'autostart.set': 'not-offered',
  'web.link': 'not-offered',
};

const methods = Object.keys(EXAMPLES) as Method[];

describe('the contract', () => {
  it('has an example for each method, and no other', () => {
    expect([...methods].sort()).toEqual(Object.keys(METHODS).sort());
    expect(Object.keys(EVENTS)).toEqual(['state']);
  });

  it('is answered by a real service, and no key gets out but by revealKey', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    for (const name of ['one', 'two']) home.profile(name, envOf(name));
    home.write(
      'config.yaml',
      'version: 13\nprofiles:\n  one:\n    type: api\n    settings: ~/.ccs/one.settings.json\ncliproxy:\n  auto_sync: false\n',
    );
    const copied: string[] = [];
    const service = must(
      await tryService(home, {
        abilities: () => ({ ...NO_ABILITIES, copyKey: (key) => Promise.resolve(void copied.push(key)) }),
      }),
    );
    const client = await clientOf(home);
    const states: string[] = [];
    client.subscribe('state', (state) => states.push(JSON.stringify(state)));
    const told: string[] = [];
    const failures: Partial<Record<Method, string>> = {};
    for (const method of methods) {
      const answer = await client.call(method, EXAMPLES[method]);
      if (!answer.ok) failures[method] = answer.error.code;
      if (method === 'profiles.revealKey')
        expect(answer).toEqual(ok({ key: 'sk-test-canary-one-0123456789' }));
      else told.push(JSON.stringify(answer));
    }
    expect(failures).toEqual(EXPECTED_FAILURES);
    expect(copied).toEqual(['sk-test-canary-one-0123456789']);
    await service.close();
    const log = readFileSync(service.logger.path, 'utf8');
    expect(log).toContain('"event":"started"');
    expect([...told, ...states, log].filter((text) => text.includes('canary'))).toEqual([]);
    expect(states.length).toBeGreaterThan(1);
    expect(told.join('\n')).toContain('"last4":"6789"');
  });

  it('gives the state of a real CCS home', async () => {
    const home = fixtureCcsHome();
    must(await tryService(home));
    const client = await clientOf(home);
    const state = must(await client.call('state.get', {}));
    expect(state.ccsDirectory).toBe(join(home.home, '.ccs'));
    expect(state.service).toEqual({ pid: process.pid, host: 'watch', version: '0.0.0-test' });
  });
});

describe('a call', () => {
  const broken = new Proxy({} as Handlers, {
    get: (_target, method) => () =>
      method === 'state.get'
        ? Promise.reject(new Error('a bug with sk-test-canary-bug'))
        : Promise.resolve(ok({ name: 1, key: 'sk-test-canary-answer' })),
  });

  it('of an unknown method is told so', async () => {
    const dispatch = createDispatch(broken, () => undefined);
    for (const method of ['sync.all', 'constructor', '__proto__', '']) {
      expect(await dispatch(method, {})).toEqual(err({ code: 'unknown-method', method }));
    }
  });

  it('with bad input is told where, and never what', async () => {
    const dispatch = createDispatch(broken, () => undefined);
    const answer = await dispatch('profiles.update', {
      name: 'glm',
      version: 5,
      change: { kind: 'fields', set: { key: ['sk-test-canary-typed'] } },
    });
    expect(answer).toEqual(
      err({ code: 'bad-input', method: 'profiles.update', problems: ['version', 'change.set.key'] }),
    );
    expect(await dispatch('sync.run', 'x')).toEqual(
      err({ code: 'bad-input', method: 'sync.run', problems: ['input'] }),
    );
    expect((await dispatch('state.get', undefined)).ok).toBe(false);
  });

  it('that meets a bug, or an answer that is not the contract’s, says nothing of it', async () => {
    const bugs: [string, unknown][] = [];
    const dispatch = createDispatch(broken, (...bug) => bugs.push(bug));
    expect(await dispatch('state.get', {})).toEqual(err({ code: 'service-failed', method: 'state.get' }));
    expect(await dispatch('profiles.get', { name: 'x' })).toEqual(
      err({ code: 'service-failed', method: 'profiles.get' }),
    );
    expect(bugs.map(([method]) => method)).toEqual(['state.get', 'profiles.get']);
    expect(String(bugs[1]?.[1])).not.toContain('canary');
  });

  it('answers with nothing that the contract does not name', async () => {
    const talkative = new Proxy({} as Handlers, {
      get: () => () => Promise.resolve(ok({ excluded: ['a'], key: 'sk-test-canary-more' })),
    });
    const dispatch = createDispatch(talkative, () => undefined);
    expect(await dispatch('profiles.excluded', {})).toEqual(ok({ excluded: ['a'] }));
  });
});
