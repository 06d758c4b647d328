import { readFileSync } from 'node:fs';
import { mkdir, unlink } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { errnoOf, stateError } from '../core/files/file-failure.ts';
import { replaceFile } from '../core/files/replace-file.ts';
import type { Environment } from '../core/support/environment.ts';
import type { Autostarter } from '../service/host-abilities.ts';
import { autostartEntry, isAutostartOn } from './autostart-entry.ts';

/** Where the user's own autostart files lie, as XDG says: a relative path in the variable counts as none. */
export function autostartPath(env: Environment, homedir: string): string {
  const config = env['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(config) ? config : join(homedir, '.config'), 'autostart', 'cliproxy-sync.desktop');
}

/** Starting at login on Linux: a file that is there, or not. Errors of `set`: `state-unusable`, `disk-full`. */
export function fileAutostarter(path: string, words: readonly string[]): Autostarter {
  return {
    get: () => Promise.resolve(isAutostartOn(read(path))),
    set: (enabled) => (enabled ? write(path, autostartEntry(words)) : remove(path)),
  };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // One that can't be read starts nothing that we know of.
    errnoOf(error);
    return '';
  }
}

async function write(path: string, text: string): Promise<Result<void, AppError>> {
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path }));
  }
  const written = await replaceFile(path, text, { mode: 0o644 });
  return written.ok ? ok(undefined) : err(stateError(written.error));
}

async function remove(path: string): Promise<Result<void, AppError>> {
  try {
    await unlink(path);
  } catch (error) {
    const code = errnoOf(error);
    if (code !== 'ENOENT') return err(stateError({ code, path }));
  }
  return ok(undefined);
}
