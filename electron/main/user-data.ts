import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { resolveCcsDirectory } from '../core/profiles/ccs-directory.ts';
import type { Environment } from '../core/support/environment.ts';

/**
 * Where the desktop keeps its own things, in the system's folder for them. One for each CCS directory that the
 * environment names, for Electron's single-instance lock goes by this folder: two directories may each have a tray.
 */
export function userDataFolder(appData: string, env: Environment): string {
  const named = [env['CCS_DIR'], env['CCS_HOME']].some((value) => (value ?? '').trim() !== '');
  const directory = resolveCcsDirectory(env, null);
  if (!named || !directory.ok) return join(appData, 'cliproxy-sync', 'desktop');
  const hash = createHash('sha256').update(directory.value).digest('hex').slice(0, 16);
  return join(appData, 'cliproxy-sync', `desktop-${hash}`);
}
