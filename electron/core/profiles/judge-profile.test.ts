import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyCcsHome, fixtureCcsHome } from '../../testing/ccs-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { rounds } from '../../testing/nightly.ts';
import { discoverProfiles, type Snapshot } from './discover-profiles.ts';
import { type JudgeContext, type JudgedProfile, judgeProfiles } from './judge-profile.ts';
import { parseProfile } from './parse-profile.ts';
import type { ProfileFileReading } from './read-profile-file.ts';
import type { DiscoveredProfile } from './scan-profiles.ts';

const CONTEXT: JudgeContext = {
  chosen: null,
  excluded: new Set(),
  proxy: { host: '', port: 8317, isClientKey: (token) => token === 'sk-test-client' },
  ownerOfPrefix: () => null,
};

type Env = Readonly<Record<string, unknown>>;

const ENV = { ANTHROPIC_BASE_URL: 'https://u.example', ANTHROPIC_AUTH_TOKEN: 'sk-test-1' };

function fileOf(env: Env): ProfileFileReading {
  const content = parseProfile(Buffer.from(JSON.stringify({ env })));
  return content.state === 'read' ? { ...content, hash: '', mode: 0o600 } : content;
}

function profile(name: string, env: Env = ENV, more: Partial<DiscoveredProfile> = {}): DiscoveredProfile {
  const path = `/ccs/${name}.settings.json`;
  return { name, path, realPath: path, registered: true, target: 'claude', file: fileOf(env), ...more };
}

function judge(
  profiles: readonly DiscoveredProfile[],
  context: Partial<JudgeContext> = {},
): readonly JudgedProfile[] {
  const snapshot: Snapshot = {
    ccsDirectory: '/ccs',
    registry: { state: 'known' },
    config: null,
    ccsConfig: { state: 'absent' },
    profiles,
    missing: [],
  };
  return judgeProfiles(snapshot, { ...CONTEXT, ...context });
}

function skipOf(one: DiscoveredProfile, context: Partial<JudgeContext> = {}): unknown {
  return judge([one], context)[0]?.skip;
}

const UNREGISTERED = { registered: false };

describe('judging profiles', () => {
  it('gives each of a real home its entry or its reason', async () => {
    const { ccsDirectory, home } = fixtureCcsHome();
    const clock = fakeClock();
    const found = await discoverProfiles({
      ccsDirectory,
      homedir: home,
      env: {},
      clock,
      lastRegistry: null,
      owned: [],
    });
    if (!found.ok) throw new Error(found.error.code);
    const isClientKey = (token: string): boolean => token === 'ccs-internal-managed';
    const judged = judgeProfiles(found.value, { ...CONTEXT, proxy: { host: '', port: 8317, isClientKey } });
    const verdicts = judged.map(({ name, wanted, skip }) => [name, wanted ?? skip]);
    expect(Object.fromEntries(verdicts)).toEqual({
      albb: {
        profile: 'albb',
        prefix: 'albb-',
        apiKey: 'sk-sp-99aabbccddeeff00',
        baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/apps/anthropic',
        models: ['qwen3-coder-plus', 'glm-4.6', 'kimi-k2'],
      },
      anthropic: { code: 'missing-token', hasApiKey: true },
      gemini: { code: 'proxy-loop', by: 'provider-path' },
      glm: {
        profile: 'glm',
        prefix: 'glm-',
        apiKey: 'sk-glm-0a1b2c3d4e5f6071',
        baseUrl: 'https://api.z.ai/api/anthropic',
        models: ['glm-5'],
      },
      hf: { code: 'other-target', target: 'droid' },
      km: {
        profile: 'km',
        prefix: 'km-',
        apiKey: 'sk-kimi-1122334455667788',
        baseUrl: 'https://api.kimi.com/coding/',
        models: ['kimi-k2-thinking-turbo'],
      },
      'my.custom-1': {
        profile: 'my.custom-1',
        prefix: 'my-custom-1-',
        apiKey: 'corp-0123456789abcdef',
        baseUrl: 'https://llm.example.com/anthropic',
        models: ['corp-large'],
      },
      openrouter: {
        profile: 'openrouter',
        prefix: 'openrouter-',
        apiKey: 'sk-or-v1-0123456789abcdef',
        baseUrl: 'https://openrouter.ai/api/v1',
        models: ['anthropic/claude-opus-4.5'],
      },
    });
    expect(judged[0]).toMatchObject({ path: join(ccsDirectory, 'albb.settings.json'), registered: true });
  });

  it("skips the user's own Claude settings, also behind a symlink", () => {
    const own = { code: 'default-login' };
    expect(skipOf(profile('default', ENV, { path: '/h/.claude/settings.json' }))).toEqual(own);
    expect(skipOf(profile('a', ENV, { realPath: '/h/.claude/settings.json' }))).toEqual(own);
    expect(skipOf(profile('a', ENV, { path: 'C:\\h\\.claude\\settings.json' }))).toEqual(own);
    expect(skipOf(profile('a', ENV, { path: '/h/x.claude/settings.json' }))).toBeNull();
  });

  it('skips what the user excluded', () => {
    expect(skipOf(profile('a'), { excluded: new Set(['a']) })).toEqual({ code: 'excluded' });
  });

  it('skips profiles for other tools', () => {
    expect(skipOf(profile('a', ENV, { target: 'codex' }))).toEqual({ code: 'other-target', target: 'codex' });
  });

  it('skips what is missing or unreadable', () => {
    expect(skipOf(profile('a', ENV, { file: { state: 'missing' } }))).toEqual({ code: 'missing-file' });
    const file = { state: 'unreadable', detail: 'not-json', line: 3 } as const;
    expect(skipOf(profile('a', ENV, { file }))).toEqual({ code: 'unreadable', detail: 'not-json', line: 3 });
  });

  it.each([
    ['http://127.0.0.1:8317', 'address'],
    ['http://LOCALHOST:8317/', 'address'],
    ['http://[::1]:8317/x', 'address'],
    ['http://0.0.0.0:8317', 'address'],
    ['http://127.1:8317', 'address'],
    ['https://proxy.lan.:8317', 'address'],
    ['https://other.example/api/provider/gemini', 'provider-path'],
    ['http://127.0.0.1:8318', null],
    ['https://127.0.0.1', null],
    ['https://other.example:8317', null],
    ['https://other.example/api/providers', null],
    ['no url:8317', null],
    ['', null],
  ])('takes the base URL %s for the proxy itself: %s', (baseUrl, by) => {
    const proxy = { ...CONTEXT.proxy, host: 'Proxy.lan' };
    const expected = by === null ? null : { code: 'proxy-loop', by };
    expect(skipOf(profile('a', { ...ENV, ANTHROPIC_BASE_URL: baseUrl }), { proxy })).toEqual(expected);
  });

  it('knows the default ports', () => {
    const at = (port: number, url: string): unknown =>
      skipOf(profile('a', { ...ENV, ANTHROPIC_BASE_URL: url }), { proxy: { ...CONTEXT.proxy, port } });
    expect(at(80, 'http://localhost')).toEqual({ code: 'proxy-loop', by: 'address' });
    expect(at(443, 'https://localhost')).toEqual({ code: 'proxy-loop', by: 'address' });
    expect(at(443, 'http://localhost')).toBeNull();
  });

  it("takes a key of the proxy's clients for a loop", () => {
    const env = { ...ENV, ANTHROPIC_AUTH_TOKEN: 'sk-test-client' };
    expect(skipOf(profile('a', env))).toEqual({ code: 'proxy-loop', by: 'client-key' });
  });

  it('skips what CCS keeps for itself, unless it is registered', () => {
    const managed = { ...ENV, ANTHROPIC_AUTH_TOKEN: 'sk-test-managed' };
    expect(skipOf(profile('kimi', ENV, UNREGISTERED))).toEqual({ code: 'ccs-internal', by: 'reserved-name' });
    expect(skipOf(profile('base-x', ENV, UNREGISTERED))).toEqual({ code: 'ccs-internal', by: 'base-name' });
    expect(skipOf(profile('a', managed, UNREGISTERED))).toEqual({
      code: 'ccs-internal',
      by: 'managed-token',
    });
    for (const one of [profile('kimi'), profile('base-x'), profile('a', managed)])
      expect(skipOf(one)).toBeNull();
  });

  it('skips copies of registered profiles only', () => {
    const copy = profile('a-old', ENV, UNREGISTERED);
    expect(judge([profile('a'), copy]).map(({ skip }) => skip)).toEqual([null, { code: 'copy', of: 'a' }]);
    expect(judge([profile('a', ENV, UNREGISTERED), copy]).map(({ skip }) => skip)).toEqual([null, null]);
    expect(judge([profile('a'), profile('b')]).map(({ skip }) => skip)).toEqual([null, null]);
    const elsewhere = profile('b', { ...ENV, ANTHROPIC_BASE_URL: 'https://v.example' }, UNREGISTERED);
    expect(judge([profile('a'), elsewhere]).map(({ skip }) => skip)).toEqual([null, null]);
  });

  it('asks for a token', () => {
    expect(skipOf(profile('a', {}))).toEqual({ code: 'missing-token', hasApiKey: false });
    expect(skipOf(profile('a', { ANTHROPIC_API_KEY: 'sk-test-2' }))).toEqual({
      code: 'missing-token',
      hasApiKey: true,
    });
  });

  it.each(['YOUR_API_KEY_HERE', 'sk-your-key'])('asks for a real token instead of %s', (token) => {
    expect(skipOf(profile('a', { ANTHROPIC_AUTH_TOKEN: token }))).toEqual({ code: 'placeholder' });
  });

  it.each([
    'sk-test\nx',
    'sk-test\u007f',
    'sk-test\u0080',
    'sk-test\0',
    'sk-test-é',
    'sk-test-😀',
    '\ud800x',
    'a\ufffeb',
  ])('refuses the token %j, which would break the proxy', (token) =>
    expect(skipOf(profile('a', { ANTHROPIC_AUTH_TOKEN: token }))).toEqual({ code: 'invalid-token' }),
  );

  it.each(['sk-test "quoted"', "it's", '# no comment', 'key: value', '%', '~', 'x'.repeat(10_000)])(
    'accepts the token %.20j as it is',
    (token) => expect(judge([profile('a', { ANTHROPIC_AUTH_TOKEN: token })])[0]?.wanted?.apiKey).toBe(token),
  );

  it.each(['...', '---', 'ü', 'x'.repeat(65)])('refuses the name %.20j', (name) =>
    expect(skipOf(profile(name))).toEqual({ code: 'invalid-name' }),
  );

  it.each([
    ['my.custom_1', 'my-custom_1-'],
    ['a b', 'a-b-'],
    ['😀1', '-1-'],
    ['x'.repeat(64), `${'x'.repeat(64)}-`],
  ])('gives the name %.20j the prefix %.20s', (name, prefix) =>
    expect(judge([profile(name)])[0]?.wanted?.prefix).toBe(prefix),
  );

  it('gives a prefix to the profile that has it, else to the first', () => {
    const both = [profile('a-b'), profile('a.b')];
    const skipped = (context: Partial<JudgeContext>): unknown =>
      judge(both, context).map(({ name, skip }) => [name, skip]);
    const lost = (other: string): unknown => ({ code: 'duplicate-prefix', prefix: 'a-b-', other });
    expect(skipped({})).toEqual([
      ['a-b', null],
      ['a.b', lost('a-b')],
    ]);
    expect(skipped({ ownerOfPrefix: () => 'a.b' })).toEqual([
      ['a-b', lost('a.b')],
      ['a.b', null],
    ]);
    expect(skipped({ ownerOfPrefix: () => 'gone' })).toEqual([
      ['a-b', null],
      ['a.b', lost('a-b')],
    ]);
    expect(skipped({ excluded: new Set(['a-b']) })).toEqual([
      ['a-b', { code: 'excluded' }],
      ['a.b', null],
    ]);
  });

  it('tells prefixes apart by case', () => {
    expect(judge([profile('A'), profile('a')]).every(({ wanted }) => wanted !== null)).toBe(true);
  });

  it('names the reason that makes the others pointless', () => {
    const loop = { ANTHROPIC_BASE_URL: 'http://localhost:8317' };
    const worst = { path: '/h/.claude/settings.json', target: 'droid', registered: false };
    const excluded = new Set(['base-...']);
    const order: unknown[] = [
      skipOf(profile('base-...', loop, worst), { excluded }),
      skipOf(profile('base-...', loop, { ...worst, path: '/x' }), { excluded }),
      skipOf(profile('base-...', loop, { ...worst, path: '/x' })),
      skipOf(profile('base-...', loop, UNREGISTERED)),
      skipOf(profile('base-...', {}, UNREGISTERED)),
      skipOf(profile('...', {})),
      skipOf(profile('...', { ANTHROPIC_AUTH_TOKEN: 'YOUR_é' })),
      skipOf(profile('...', { ANTHROPIC_AUTH_TOKEN: 'é' })),
      skipOf(profile('...')),
    ];
    expect(order.map((skip) => (skip as { code: string }).code)).toEqual([
      'default-login',
      'excluded',
      'other-target',
      'proxy-loop',
      'ccs-internal',
      'missing-token',
      'placeholder',
      'invalid-token',
      'invalid-name',
    ]);
  });

  it('wants nothing with a token outside printable ASCII, whatever a file says', async () => {
    const name = fc.constantFrom(
      ...Object.keys(ENV),
      'ANTHROPIC_MODEL',
      'ANTHROPIC_EXTRA_MODELS',
      '__proto__',
      'x',
    );
    const value = fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit: 'binary' }) },
      { weight: 1, arbitrary: fc.jsonValue() },
    );
    const ascii = fc.string({ unit: 'grapheme-ascii', minLength: 1 });
    const env = fc.tuple(fc.dictionary(name, value), fc.option(ascii)).map(([random, token]) => ({
      ...random,
      ...(token === null ? {} : { ANTHROPIC_AUTH_TOKEN: token }),
    }));
    const ccs = emptyCcsHome();
    let wantedCount = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(env, { maxLength: 3 }), async (envs) => {
        envs.forEach((one, index) => ccs.write(`p${index}.settings.json`, { env: one }));
        const { ccsDirectory } = ccs;
        const request = {
          ccsDirectory,
          homedir: null,
          env: {},
          clock: fakeClock(),
          lastRegistry: null,
          owned: [],
        };
        const found = await discoverProfiles(request);
        if (!found.ok) throw new Error(found.error.code);
        for (const { wanted } of judgeProfiles(found.value, CONTEXT)) {
          if (wanted === null) continue;
          wantedCount++;
          expect(wanted.apiKey).toMatch(/^[\x20-\x7e]+$/);
          expect(wanted.prefix).toMatch(/^[\w-]+-$/);
          expect(/\p{Surrogate}/u.test(wanted.baseUrl + wanted.models.join())).toBe(false);
        }
      }),
      { numRuns: rounds(150, 3_000) },
    );
    expect(wantedCount).toBeGreaterThan(20);
  });
});
