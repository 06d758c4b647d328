import { join } from 'node:path';
import * as z from 'zod/mini';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { RemoteTarget } from '../../../shared/schema/remote.ts';
import { stateError } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Clock } from '../support/clock.ts';
import { underHomeLock } from '../sync/home-lock.ts';
import { readOwnJson } from './own-json.ts';

const TargetsFile = z.object({ version: z.literal(1), targets: z.array(RemoteTarget) });

/**
 * The remote servers that are set up for a CCS directory, in the order in which they were added. Where the file makes
 * no sense it stays as it is and nothing is taken for granted: a server that was forgotten would keep entries of ours
 * for ever. Error: `state-unusable`.
 */
export function readRemoteTargets(homeFolder: string): Result<readonly RemoteTarget[], AppError> {
  const read = readOwnJson(targetsPath(homeFolder), TargetsFile);
  return read.ok ? ok(read.value?.targets ?? []) : read;
}

type Change<T> = (targets: readonly RemoteTarget[]) => Promise<Result<ChangedTargets<T>, AppError>>;

/** What a change makes of the list, and what it answers. */
export interface ChangedTargets<T> {
  readonly targets: readonly RemoteTarget[];
  readonly value: T;
}

/**
 * Changes the list under the home's lock, so that two of us lose nothing of each other; where the change fails,
 * nothing is written. Errors: those of the change, `state-unusable`, `disk-full`, `locked`.
 */
export async function changeRemoteTargets<T>(
  homeFolder: string,
  change: Change<T>,
  clock: Clock,
): Promise<Result<T, AppError>> {
  return underHomeLock(homeFolder, clock, async () => {
    const current = readRemoteTargets(homeFolder);
    if (!current.ok) return current;
    const changed = await change(current.value);
    if (!changed.ok) return changed;
    const { targets, value } = changed.value;
    const text = `${JSON.stringify({ version: 1, targets }, null, 2)}\n`;
    const written = await replaceFile(targetsPath(homeFolder), text, { mode: 0o600 });
    return written.ok ? ok(value) : err(stateError(written.error));
  });
}

/** Where the list lies, for those who watch it. */
export function targetsPath(homeFolder: string): string {
  return join(homeFolder, 'targets.json');
}
