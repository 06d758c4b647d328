import type { FieldDiff, OperationView } from '../../shared/schema/plan.ts';
import type { SkipReason } from '../../shared/schema/skip.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';

/** The profiles of `glance-states.ts` and what a plan does with them. Browsers load this file, too. */

/** The CCS directory of these states. */
export const CCS = '/home/ana/.ccs';

const BASE_URLS: Readonly<Record<string, string>> = {
  glm: 'https://api.z.ai/api/anthropic',
  km: 'https://api.moonshot.ai/anthropic',
  hf: 'https://router.huggingface.co',
  openrouter: 'https://openrouter.ai/api',
  'my.custom-1': 'https://gateway.example.test:8443/claude',
};

const MODELS: Readonly<Record<string, readonly string[]>> = {
  glm: ['glm-5', 'glm-5-air'],
  km: ['kimi-k2'],
  hf: ['zai-org/GLM-5', 'moonshotai/Kimi-K2'],
  openrouter: ['anthropic/claude-sonnet-4.5', 'qwen/qwen3-coder'],
  'my.custom-1': [],
};

const NAMES = ['glm', 'hf', 'km', 'my.custom-1', 'openrouter'];

const LAST4: Readonly<Record<string, string>> = {
  glm: '3f9a',
  hf: 'Q7xe',
  km: '81bd',
  openrouter: 'c04e',
};

function maskedKeyOf(name: string): { present: boolean; last4: string | null; fingerprint: string } {
  return { present: true, last4: LAST4[name] ?? null, fingerprint: `fingerprint-${name}` };
}

export function profile(name: string, state: ProfileStatus['state'] = 'synced'): ProfileStatus {
  return {
    name,
    path: `${CCS}/${name}.settings.json`,
    registered: true,
    state,
    reason: null,
    entry: {
      prefix: `${name.replaceAll('.', '-')}-`,
      baseUrl: BASE_URLS[name] ?? `https://${name}.example.test/anthropic`,
      models: MODELS[name] ?? [`${name}-large`, `${name}-small`],
      key: maskedKeyOf(name),
    },
    risks: [],
  };
}

function skipped(name: string, reason: SkipReason): ProfileStatus {
  return { ...profile(name), state: 'skipped', reason, entry: null, registered: reason.code !== 'copy' };
}

export function profiles(
  changed: Readonly<Record<string, ProfileStatus['state']>> = {},
): readonly ProfileStatus[] {
  return NAMES.map((name) => profile(name, changed[name] ?? 'synced'));
}

const text = (value: string): { kind: 'text'; text: string } => ({ kind: 'text', text: value });

export function addition(name: string): OperationView {
  const { entry } = profile(name);
  const fields: FieldDiff[] = [
    { field: 'api-key', before: null, after: { kind: 'key', key: maskedKeyOf(name) } },
    { field: 'prefix', before: null, after: text(entry?.prefix ?? '') },
    { field: 'base-url', before: null, after: text(entry?.baseUrl ?? '') },
    { field: 'models', before: null, after: text(entry?.models.join(', ') ?? '') },
  ];
  return {
    op: 'add',
    profile: name,
    prefix: entry?.prefix ?? '',
    line: null,
    why: 'profile',
    diff: fields.filter(({ after }) => after?.kind !== 'text' || after.text !== ''),
  };
}

export const KEY_CHANGE: OperationView = {
  op: 'update',
  profile: 'km',
  prefix: 'km-',
  line: 58,
  why: 'profile',
  diff: [
    {
      field: 'api-key',
      before: { kind: 'key', key: { present: true, last4: '77d0', fingerprint: 'fingerprint-km-before' } },
      after: { kind: 'key', key: maskedKeyOf('km') },
    },
  ],
};

export function removal(name: string, line: number): OperationView {
  const { entry } = profile(name);
  return {
    op: 'remove',
    profile: name,
    prefix: entry?.prefix ?? '',
    line,
    why: 'profile-gone',
    diff: [
      { field: 'api-key', before: { kind: 'key', key: maskedKeyOf(name) }, after: null },
      { field: 'prefix', before: text(entry?.prefix ?? ''), after: null },
      { field: 'base-url', before: text(entry?.baseUrl ?? ''), after: null },
    ],
  };
}

export const DRIFT: OperationView = {
  op: 'update',
  profile: 'openrouter',
  prefix: 'openrouter-',
  line: 88,
  why: 'drift',
  diff: [
    {
      field: 'base-url',
      before: text('https://openrouter.example.test'),
      after: text('https://openrouter.ai/api'),
    },
  ],
};

/** One profile for each reason for which one is skipped. */
export const SKIPPED: readonly ProfileStatus[] = [
  skipped('default', { code: 'default-login' }),
  skipped('scratch', { code: 'excluded' }),
  skipped('gpt', { code: 'other-target', target: 'codex' }),
  skipped('lost', { code: 'missing-file' }),
  skipped('broken', { code: 'unreadable', detail: 'not-json', line: 14 }),
  skipped('unreadable', { code: 'unreadable', detail: 'no-permission', line: null }),
  skipped('loop', { code: 'proxy-loop', by: 'address' }),
  skipped('gemini', { code: 'proxy-loop', by: 'provider-path' }),
  skipped('shared', { code: 'proxy-loop', by: 'client-key' }),
  skipped('base-claude', { code: 'ccs-internal', by: 'base-name' }),
  skipped('config', { code: 'ccs-internal', by: 'reserved-name' }),
  skipped('agy', { code: 'ccs-internal', by: 'managed-token' }),
  skipped('glm-copy', { code: 'copy', of: 'glm' }),
  skipped('deepseek', { code: 'missing-token', hasApiKey: false }),
  skipped('minimax', { code: 'missing-token', hasApiKey: true }),
  skipped('qwen', { code: 'placeholder' }),
  skipped('pasted', { code: 'invalid-token' }),
  skipped('дом', { code: 'invalid-name' }),
  skipped('my_custom-1', { code: 'duplicate-prefix', prefix: 'my-custom-1-', other: 'my.custom-1' }),
  skipped('mimo', { code: 'prefix-taken', prefix: 'mimo-', line: 34 }),
];
