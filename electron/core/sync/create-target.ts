import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, link, mkdir, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, targetWriteError, toleratingErrno } from '../files/file-failure.ts';
import { syncFolder } from '../files/replace-file.ts';
import { removeLeftovers, temporaryPath } from '../files/temporary-file.ts';
import { quoteScalar } from '../yaml/quote-scalar.ts';
import type { SyncContext } from './sync-context.ts';

const API_KEY_BYTES = 24;

/** Whether CCS is used here: it makes the configuration itself on first use, and a fuller one. */
export function isCcsInstalled(ccsDirectory: string): boolean {
  return ['config.yaml', 'config.json'].some((name) => existsSync(join(ccsDirectory, name)));
}

/**
 * Writes a minimal configuration that is safe to start: CLIProxyAPI listens on all interfaces where no `host` is
 * named, and serves anyone where no `api-keys` are. Mode 0600; never over a file that is there.
 * Errors: `target-exists`, `target-unwritable`, `disk-full`.
 */
export async function createTarget(
  path: string,
  port: number,
  context: Pick<SyncContext, 'ccsDirectory' | 'clock'>,
): Promise<Result<void, AppError>> {
  const text = minimalConfig(port, join(context.ccsDirectory, 'cliproxy', 'auth'));
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await removeLeftovers(dirname(path), context.clock.now());
    // Complete or not at all: an empty configuration serves anyone on all interfaces.
    const temporary = temporaryPath(path);
    try {
      await writeNew(temporary, text);
      await link(temporary, path).catch((error: unknown) => placeWithoutLink(error, temporary, path));
    } finally {
      await toleratingErrno(() => unlink(temporary), ['ENOENT'], undefined);
    }
    await syncFolder(dirname(path));
    return ok(undefined);
  } catch (error) {
    const code = errnoOf(error);
    return err(code === 'EEXIST' ? { code: 'target-exists', path } : targetWriteError({ code, path }));
  }
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** For file systems without hard links. */
async function placeWithoutLink(error: unknown, temporary: string, path: string): Promise<void> {
  if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(errnoOf(error))) throw error;
  await copyFile(temporary, path, constants.COPYFILE_EXCL);
}

function minimalConfig(port: number, authDir: string): string {
  // CCS keeps an api-key through its own rewrites only where it is double-quoted.
  const apiKey = `sk-local-${randomBytes(API_KEY_BYTES).toString('hex')}`;
  return [
    '# CLIProxyAPI configuration, made by CLIProxy Sync.',
    'host: "127.0.0.1"',
    `port: ${port}`,
    '# What clients of this proxy have to present.',
    'api-keys:',
    `  - ${quoteScalar(apiKey)}`,
    `auth-dir: ${quoteScalar(authDir)}`,
    '',
  ].join('\n');
}
