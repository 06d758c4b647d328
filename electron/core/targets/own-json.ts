import { readFileSync } from 'node:fs';
import type * as z from 'zod/mini';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf } from '../files/file-failure.ts';

/**
 * Reads a JSON file of ours that must not be lost; null where there is none. Error: `state-unusable`, with the
 * system's code, or `not-json` or `not-as-written` where somebody else changed it.
 */
export function readOwnJson<T>(path: string, schema: z.ZodMiniType<T>): Result<T | null, AppError> {
  const refused = (reason: string): Result<never, AppError> => err({ code: 'state-unusable', path, reason });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const reason = errnoOf(error);
    return reason === 'ENOENT' || reason === 'ENOTDIR' ? ok(null) : refused(reason);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused('not-json');
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? ok(parsed.data) : refused('not-as-written');
}
