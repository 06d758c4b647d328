import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_IN_NAMES } from '../plan/bare-names.ts';

/**
 * The bare model names that the user's own Claude logins serve: CLIProxyAPI keeps each as `claude-<account>.json`
 * in its auth-dir. A folder that can't be listed counts as having none; only a warning depends on it.
 */
export function claudeLoginNames(authDir: string, homedir: string | null): readonly string[] {
  const folder = authDir.startsWith('~/') && homedir !== null ? join(homedir, authDir.slice(2)) : authDir;
  try {
    return readdirSync(folder).some((name) => /^claude-.*\.json$/.test(name)) ? [BUILT_IN_NAMES] : [];
  } catch {
    return [];
  }
}
