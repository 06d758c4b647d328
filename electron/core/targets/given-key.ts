import type { AppError } from '../../../shared/errors.ts';
import { assertNever, ok, type Result } from '../../../shared/result.ts';
import { keyVariableOf } from '../../../shared/rules/target-id.ts';
import type { GivenKey, RemoteTarget } from '../../../shared/schema/remote.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { readCcsRemote } from './ccs-remote.ts';
import { isHeaderValue } from './http-call.ts';
import { invalidValue } from './invalid-value.ts';
import { readTargetKey } from './target-keys.ts';

/** For which server a key is needed. */
export interface KeyNeed {
  readonly context: SyncContext;
  /** Our folder for the CCS directory. */
  readonly folder: string;
  /** Where the key would go, in the one form. */
  readonly url: string;
  /** The target as it is set up; null for one that is not yet. */
  readonly before: RemoteTarget | null;
  readonly id: string | null;
}

/**
 * The management key of a request; null where the one that is meant to be known already is not. A key that is kept, and
 * the one of CCS, go only to the address that they were given for: any other is `target-value-invalid`.
 */
export async function keyFor(given: GivenKey, need: KeyNeed): Promise<Result<string | null, AppError>> {
  switch (given.kind) {
    case 'typed':
      return usable(given.key);
    case 'ccs': {
      const ccs = await readCcsRemote(need.context);
      return ccs?.url === need.url && ccs.key !== null ? usable(ccs.key) : invalidValue('key');
    }
    case 'stored':
      return storedKey(need);
    case 'variable':
      return variableKey(need);
    default:
      return assertNever(given);
  }
}

function storedKey(need: KeyNeed): Result<string | null, AppError> {
  const { context, folder, url, before } = need;
  const { env, keyring = null } = context;
  if (before === null) return variableKey(need);
  if (before.url !== url) return invalidValue('key');
  const key = readTargetKey(folder, before, { env, keyring });
  return key.ok ? usable(key.value) : ok(null);
}

function variableKey({ context, url, before, id }: KeyNeed): Result<string | null, AppError> {
  if (before !== null && before.url !== url) return invalidValue('key');
  const named = id === null ? '' : (context.env[keyVariableOf(id)]?.trim() ?? '');
  return named === '' ? ok(null) : usable(named);
}

/** People paste keys with a line break at the end. */
function usable(key: string): Result<string, AppError> {
  const trimmed = key.trim();
  return isHeaderValue(trimmed) ? ok(trimmed) : invalidValue('key');
}
