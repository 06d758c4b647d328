import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../core/files/file-failure.ts';
import type { Environment } from '../core/support/environment.ts';

/**
 * The program of npm's `electron`, found as its own index.js does, but never fetched: that one downloads what is
 * missing as soon as it is loaded. `packageFolder` is null where the package is not installed.
 */
export function findElectron(packageFolder: string | null, env: Environment): string | null {
  const named = packageFolder === null ? '' : readPathFile(packageFolder);
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  const program = programOf({ packageFolder, named, override });
  return program !== null && existsSync(program) ? program : null;
}

function programOf({
  packageFolder,
  named,
  override,
}: {
  readonly packageFolder: string | null;
  readonly named: string;
  readonly override: string;
}): string | null {
  if (override !== '') return join(override, named === '' ? 'electron' : named);
  return packageFolder === null || named === '' ? null : join(packageFolder, 'dist', named);
}

function readPathFile(folder: string): string {
  try {
    return readFileSync(join(folder, 'path.txt'), 'utf8').trim();
  } catch (error) {
    errnoOf(error);
    return '';
  }
}
