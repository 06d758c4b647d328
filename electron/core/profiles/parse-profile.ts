import type { ProfileFault } from '../../../shared/schema/skip.ts';
import { decodeText } from './decode-text.ts';
import { isMapping } from './mapping.ts';
import { outlineJson } from '../../../shared/rules/json-outline.ts';

/** What a profile file asks for. */
export interface ProfileContent {
  readonly state: 'read';
  /** Trimmed; null where absent or blank. A secret. */
  readonly token: string | null;
  /** Whether ANTHROPIC_API_KEY has a value. */
  readonly hasApiKey: boolean;
  /** Trimmed; `''` where the file names none. */
  readonly baseUrl: string;
  /** Trimmed and without duplicates, ANTHROPIC_MODEL first. */
  readonly models: readonly string[];
  /** Names that stand twice and matter to us: the last one counts, as for CCS and Claude. */
  readonly doubledNames: readonly string[];
}

export interface UnreadableProfile {
  readonly state: 'unreadable';
  readonly detail: ProfileFault;
  /** From 1; null where the fault is no place in the text. */
  readonly line: number | null;
}

const ENV_NAMES = [
  'ANTHROPIC_AUTH_TOKEN',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'ANTHROPIC_MODEL',
  'ANTHROPIC_EXTRA_MODELS',
] as const;
type EnvName = (typeof ENV_NAMES)[number];

/** Reads the text of a Claude-style settings file. */
export function parseProfile(bytes: Buffer): ProfileContent | UnreadableProfile {
  const text = decodeText(bytes);
  if (text === null) return unreadable('not-utf8');
  if (text.trim() === '') return unreadable('empty');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return unreadable('not-json', outlineJson(text).faultLine);
  }
  // By hand, not by a zod schema: that takes ten times as long as all else here, for each of a thousand files.
  if (!isMapping(json)) return unreadable('not-object', 1);
  const env = json['env'] ?? (json['env'] === null ? null : {});
  if (!isMapping(env)) return unreadable('env-not-object', lineOf(text, ['env']));
  const used: Partial<Record<EnvName, string>> = {};
  // Only what we use must be text: a number for a timeout is common, and CCS syncs such profiles.
  for (const name of ENV_NAMES) {
    const value = env[name] ?? '';
    if (typeof value !== 'string') return unreadable('env-not-strings', lineOf(text, ['env', name]));
    used[name] = value;
  }
  return contentOf(text, used);
}

export function unreadable(detail: ProfileFault, line: number | null = null): UnreadableProfile {
  return { state: 'unreadable', detail, line };
}

function contentOf(
  text: string,
  env: Readonly<Partial<Record<EnvName, string>>>,
): ProfileContent | UnreadableProfile {
  const value = (name: EnvName): string => env[name]?.trim() ?? '';
  const baseUrl = value('ANTHROPIC_BASE_URL');
  const models = modelNames(value('ANTHROPIC_MODEL'), value('ANTHROPIC_EXTRA_MODELS'));
  // A lone surrogate can't be written in YAML at all; in a token the profile is judged by that alone.
  if (/\p{Surrogate}/u.test([baseUrl, ...models].join())) {
    return unreadable('bad-characters', lineOf(text, ['env']));
  }
  return {
    state: 'read',
    token: value('ANTHROPIC_AUTH_TOKEN') || null,
    hasApiKey: value('ANTHROPIC_API_KEY') !== '',
    baseUrl,
    models,
    doubledNames: doubledNames(text),
  };
}

/** CCS takes the extra models only where a default model is named. */
function modelNames(model: string, extraModels: string): readonly string[] {
  if (model === '') return [];
  const extras = extraModels.split(',').map((name) => name.trim());
  return [...new Set([model, ...extras.filter((name) => name !== '')])];
}

/** Where the member stands whose value counts: the last one of its name. */
function lineOf(text: string, path: readonly string[]): number | null {
  const { members } = outlineJson(text);
  return members.filter((member) => member.path.join('\0') === path.join('\0')).at(-1)?.line ?? null;
}

/** Looks closer only where one of the names is in the text twice, be it as a name or not. */
function doubledNames(text: string): readonly string[] {
  const names: readonly (EnvName | 'env')[] = [
    'env',
    'ANTHROPIC_AUTH_TOKEN',
    'ANTHROPIC_BASE_URL',
    'ANTHROPIC_MODEL',
    'ANTHROPIC_EXTRA_MODELS',
  ];
  const suspects = names.filter((name) => {
    const quoted = `"${name}"`;
    return text.indexOf(quoted) !== text.lastIndexOf(quoted);
  });
  if (suspects.length === 0) return [];
  const { members } = outlineJson(text);
  return suspects.filter((name) => {
    const depth = name === 'env' ? 1 : 2;
    return members.filter(({ path }) => path.length === depth && path.at(-1) === name).length > 1;
  });
}
