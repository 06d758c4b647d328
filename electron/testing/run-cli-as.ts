import { spawnSync } from 'node:child_process';
import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CLI, type CliRun } from './run-cli.ts';

/** The user `nobody`, whom permission bits bind. */
export const NOBODY = 65534;

/** Runs the built command line as another user; only root may. The environment is exactly the given one. */
export function runCliAs(
  user: number,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): CliRun {
  const as = [`--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
  const path = { PATH: process.env['PATH'] ?? '' };
  const done = spawnSync('setpriv', [...as, process.execPath, CLI, ...words], {
    env: { ...path, ...env },
    encoding: 'utf8',
  });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

/** Gives a folder and all in it to a user. */
export function giveTo(user: number, folder: string): void {
  chownSync(folder, user, user);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), user, user);
  }
}
