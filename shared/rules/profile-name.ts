import type { AppError } from '../errors.ts';
import { err, ok, type Result } from '../result.ts';

/** Names that CCS keeps for its own use, and so for files that are no profiles (CCS 7.79.1). */
export const RESERVED_NAMES: readonly string[] = [
  ...[
    'gemini',
    'codex',
    'agy',
    'qwen',
    'iflow',
    'kiro',
    'ghcp',
    'claude',
    'kimi',
    'gitlab',
    'codebuddy',
    'kilo',
  ],
  ...['copilot', 'cursor', 'legacy-cursor', 'legacy', 'default', 'config', 'cliproxy', 'proxy'],
];

const MAX_LENGTH = 32;

/**
 * Whether CCS takes a name for a profile of its API kind: its rule, its own words (whatever their case), and the
 * names of Windows' devices. Error: `profile-name-invalid`.
 */
export function checkProfileName(name: string): Result<void, AppError> {
  const refuse = (why: 'form' | 'too-long' | 'reserved'): Result<never, AppError> =>
    err({ code: 'profile-name-invalid', name: name.slice(0, 2 * MAX_LENGTH), why });
  if (!/^[a-zA-Z][a-zA-Z0-9._-]*$/.test(name)) return refuse('form');
  if (name.length > MAX_LENGTH) return refuse('too-long');
  const isDevice = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/i.test(name);
  return isDevice || RESERVED_NAMES.includes(name.toLowerCase()) ? refuse('reserved') : ok(undefined);
}
