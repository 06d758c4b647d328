import { join, resolve } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Environment } from '../support/environment.ts';

/**
 * Where CCS keeps its files: `CCS_DIR`, else `.ccs` in `CCS_HOME`, else in the home (CCS 7.79.1 looks in this
 * order). The result is absolute; blank values count as unset. `homedir` is null where the system knows none.
 * Fails with `no-home`.
 */
export function resolveCcsDirectory(env: Environment, homedir: string | null): Result<string, AppError> {
  const directory = named(env['CCS_DIR']);
  if (directory !== null) return ok(resolve(directory));
  const home = named(env['CCS_HOME']) ?? named(homedir);
  return home === null ? err({ code: 'no-home' }) : ok(resolve(join(home, '.ccs')));
}

function named(value: string | null | undefined): string | null {
  return value === undefined || value === null || value.trim() === '' ? null : value;
}
