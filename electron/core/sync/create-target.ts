import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { errnoOf, targetWriteError } from '../files/file-failure.ts';
import { syncFolder } from '../files/replace-file.ts';
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
  context: Pick<SyncContext, 'ccsDirectory'>,
): Promise<Result<void, AppError>> {
  const text = minimalConfig(port, join(context.ccsDirectory, 'cliproxy', 'auth'));
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await syncFolder(dirname(path));
    return ok(undefined);
  } catch (error) {
    const code = errnoOf(error);
    return err(code === 'EEXIST' ? { code: 'target-exists', path } : targetWriteError({ code, path }));
  }
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
