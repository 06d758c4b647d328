import { resolve } from 'node:path';
import type { Environment } from '../support/environment.ts';

/** What paths in CCS's registry are relative to. */
export interface CcsPlaces {
  /** Absolute. */
  readonly ccsDirectory: string;
  readonly homedir: string | null;
  readonly env: Environment;
}

/**
 * The absolute path that a `settings` value of CCS's registry means: `~/.ccs/` is the CCS directory wherever it
 * is, `~/` the home, `$VAR` and `${VAR}` are replaced (by nothing where unset, as CCS does). CCS takes a relative
 * path from the folder it happens to run in; we take it from the CCS directory, so that it always means the same.
 * Null where it means nothing: blank, with a NUL, or in a home that nobody knows.
 */
export function settingsPath(value: string, places: CcsPlaces): string | null {
  const expanded = value.includes('$') ? withVariables(value, places.env) : value;
  if (expanded.trim() === '' || expanded.includes('\0')) return null;
  const ofCcs = /^~[\\/]\.ccs(?:[\\/]+(.*))?$/s.exec(expanded);
  if (ofCcs !== null) return resolve(places.ccsDirectory, ofCcs[1] ?? '');
  const ofHome = /^~(?:[\\/]+(.*))?$/s.exec(expanded);
  if (ofHome === null) return resolve(places.ccsDirectory, expanded);
  return places.homedir === null ? null : resolve(places.homedir, ofHome[1] ?? '');
}

function withVariables(value: string, env: Environment): string {
  return value.replace(
    /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
    (_, braced: string | undefined, plain: string | undefined) => env[braced ?? plain ?? ''] ?? '',
  );
}
