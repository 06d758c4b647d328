import { createHash, randomBytes } from 'node:crypto';
import { readdir, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { toleratingErrno } from './file-failure.ts';
import { currentProcess, lifeOf, type ProcessIdentity } from './process-identity.ts';

const NAME = /^\..+\.(?<pid>\d+)\.(?<machine>[0-9a-f]{8})\.[0-9a-f]{12}\.tmp$/;
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * A new name beside a file, for what is not yet or no longer that file. It tells which process of which machine
 * made it, so that `removeLeftovers` can tell what a killed one left behind.
 */
export function temporaryPath(path: string): string {
  const here = currentProcess();
  const name = basename(path).replace(/^\./, '').slice(0, 40);
  const random = randomBytes(6).toString('hex');
  return join(dirname(path), `.${name}.${here.pid}.${machineOf(here)}.${random}.tmp`);
}

/**
 * Removes from a folder the temporary files whose process is dead, and, since other machines may share the
 * folder, those of others once they are a day old. Safe at any time. A folder that can't be listed has none.
 */
export async function removeLeftovers(folder: string, nowMs: number): Promise<void> {
  const names = await toleratingErrno(() => readdir(folder), ['ENOENT', 'ENOTDIR', 'EACCES'], []);
  const candidates = names.filter((name) => NAME.test(name));
  if (candidates.length === 0) return;
  const here = currentProcess();
  for (const name of candidates) {
    const path = join(folder, name);
    if (!(await isLeftover(path, here, nowMs))) continue;
    await toleratingErrno(() => unlink(path), ['ENOENT', 'EACCES', 'EPERM', 'EBUSY'], undefined);
  }
}

async function isLeftover(path: string, here: ProcessIdentity, nowMs: number): Promise<boolean> {
  const parts = NAME.exec(basename(path))?.groups;
  if (parts?.['machine'] === machineOf(here)) {
    const pid = Number(parts['pid']);
    return pid !== here.pid && lifeOf({ ...here, pid, started: '' }, here) === 'dead';
  }
  const found = await toleratingErrno(() => stat(path), ['ENOENT'], undefined);
  return found !== undefined && nowMs - found.mtimeMs > ABANDONED_AFTER_MS;
}

/** Where pids mean the same: one start of one machine, one pid namespace. */
function machineOf({ host, boot, space }: ProcessIdentity): string {
  return createHash('sha256').update(`${host}\0${boot}\0${space}`).digest('hex').slice(0, 8);
}
