import { existsSync } from 'node:fs';
import type { AppError } from '../../../shared/errors.ts';
import { isCcsInstalled } from './create-target.ts';
import type { TargetContext } from './file-place.ts';

/**
 * Completes `target-missing` by whether CCS is there to make the file. Where the whole CCS directory, in which the
 * file lies, was there once and is gone, that is what is wrong: `ccs-directory-missing`. Other errors pass.
 */
export function explainMissing(
  error: AppError,
  { context, home }: Pick<TargetContext, 'context' | 'home'>,
): AppError {
  if (error.code !== 'target-missing') return error;
  const { ccsDirectory } = context;
  if (home.memory.seen && !existsSync(ccsDirectory))
    return { code: 'ccs-directory-missing', path: ccsDirectory };
  return { ...error, ccsInstalled: isCcsInstalled(ccsDirectory) };
}
