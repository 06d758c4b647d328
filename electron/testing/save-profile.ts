import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CcsHome } from './lay-ccs-home.ts';

/** How editors save: into the file itself, or beside it and then over it. */
export type Save = 'in-place' | 'rename';

/** Saves a profile with this `env`. */
export function saveProfile(
  { ccsDirectory, profile }: CcsHome,
  name: string,
  { env, by }: { readonly env: Readonly<Record<string, unknown>>; readonly by: Save },
): void {
  if (by === 'in-place') {
    profile(name, env);
    return;
  }
  const path = join(ccsDirectory, `${name}.settings.json`);
  writeFileSync(`${path}.new`, JSON.stringify({ env }, null, 2), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
