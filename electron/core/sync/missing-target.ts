import { existsSync } from 'node:fs';
import type { AppError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';
import { createTarget, isCcsInstalled } from './create-target.ts';
import type { TargetContext } from './file-place.ts';
import type { SyncRequest } from './sync-request.ts';

/**
 * Completes `target-missing` by whether CCS is there to make the file. Where the whole CCS directory is missing, in
 * which the file lies, that is what is wrong: `ccs-directory-missing`. Other errors pass.
 */
export function explainMissing(error: AppError, { context }: Pick<TargetContext, 'context'>): AppError {
  if (error.code !== 'target-missing') return error;
  const { ccsDirectory } = context;
  if (!existsSync(ccsDirectory)) return { code: 'ccs-directory-missing', path: ccsDirectory };
  return { ...error, ccsInstalled: isCcsInstalled(ccsDirectory) };
}

/**
 * Makes the configuration that is missing, where that was asked for. Where CCS would make it, and where there is
 * no CCS directory (it may be a mistyped CCS_DIR), only on a person's word; never where the directory was there
 * once, since it may only not be mounted. Errors: why it is not made, and those of making it.
 */
export async function makeMissing(
  { context, home, place }: TargetContext,
  request: SyncRequest,
  missing: AppError,
): Promise<Result<void, AppError>> {
  const { path, port } = place;
  if (!request.create || request.dryRun) return err(missing);
  switch (missing.code) {
    case 'target-missing':
      if (missing.ccsInstalled && !request.accepted) return err({ code: 'ccs-creates-target', path });
      break;
    case 'ccs-directory-missing':
      if (home.memory.seen || !request.accepted) return err(missing);
      break;
    default:
      return err(missing);
  }
  return createTarget(path, port, context);
}
