import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { LOCAL_TARGET, type RemoteTarget } from '../../../shared/schema/remote.ts';
import { invalidValue } from './invalid-value.ts';

const MAX_LENGTH = 64;

/**
 * The name of a target as it is kept: it must be another one than those of `others`, whatever the case, and can't be
 * `local`. Errors: `target-value-invalid`, `target-name-taken`.
 */
export function checkTargetName(
  typed: string,
  others: readonly Pick<RemoteTarget, 'name'>[],
): Result<string, AppError> {
  const name = typed.trim().normalize('NFC');
  if (name === '' || name.length > MAX_LENGTH || /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(name))
    return invalidValue('name');
  const isTaken = [LOCAL_TARGET, ...others.map((other) => other.name)].some(
    (other) => other.toLowerCase() === name.toLowerCase(),
  );
  return isTaken ? err({ code: 'target-name-taken', name }) : ok(name);
}
