import { createHash } from 'node:crypto';
import { access, chmod, constants, mkdir, stat } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Environment } from '../support/environment.ts';
import { errnoOf, stateError } from './file-failure.ts';

const NAME = 'cliproxy-sync';

/**
 * The folder for what we remember between runs: on Linux `$XDG_STATE_HOME/cliproxy-sync`, else
 * `~/.local/state/cliproxy-sync`; on macOS `~/Library/Application Support/…`; on Windows `%LOCALAPPDATA%\…`.
 * As the XDG specification says, a relative path in a variable counts as none. `no-home` where nothing is known.
 */
export function stateFolderPath(
  env: Environment,
  platform: NodeJS.Platform,
  homedir: string,
): Result<string, AppError> {
  const path = platform === 'win32' ? win32 : posix;
  const own = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_STATE_HOME'];
  if (platform !== 'darwin' && own !== undefined && path.isAbsolute(own)) return ok(path.join(own, NAME));
  if (!path.isAbsolute(homedir)) return err({ code: 'no-home' });
  if (platform === 'win32') return ok(path.join(homedir, 'AppData', 'Local', NAME));
  if (platform === 'darwin') return ok(path.join(homedir, 'Library', 'Application Support', NAME));
  return ok(path.join(homedir, '.local', 'state', NAME));
}

/**
 * Makes a folder of ours with mode 0700, or takes that mode back where an existing one has come to be looser.
 * `state-unusable`: the code of the system's error, or `writable-by-others` where others could plant files in it
 * and that can't be mended.
 */
export async function ensureFolder(path: string): Promise<Result<void, AppError>> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (process.platform !== 'win32') {
      const { mode } = await stat(path);
      if ((mode & 0o077) !== 0 && !(await tightened(path)) && (mode & 0o022) !== 0) {
        return err({ code: 'state-unusable', path, reason: 'writable-by-others' });
      }
    }
    await access(path, constants.W_OK | constants.X_OK);
    return ok(undefined);
  } catch (error) {
    return err(stateError({ code: errnoOf(error), path }));
  }
}

async function tightened(path: string): Promise<boolean> {
  try {
    await chmod(path, 0o700);
    return ((await stat(path)).mode & 0o077) === 0;
  } catch (error) {
    errnoOf(error);
    return false;
  }
}

/** Where what concerns one target lies, one folder a real path: two CCS homes may share a target. */
export interface TargetFolder {
  readonly folder: string;
  readonly lock: string;
  readonly journal: string;
}

export function targetFolder(stateFolder: string, realPath: string): TargetFolder {
  const id = createHash('sha256').update(realPath).digest('hex').slice(0, 16);
  const folder = join(stateFolder, 'targets', id);
  return { folder, lock: join(folder, 'lock'), journal: join(folder, 'journal') };
}
