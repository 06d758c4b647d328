import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import { prepareCcsEdit } from './ccs-config-file.ts';
import { underCcsLock } from './ccs-config-lock.ts';

/**
 * Sets `cliproxy.auto_sync` in CCS's config.yaml, under CCS's own lock: this one value changes, or comes, and not
 * one other byte. Errors: `ccs-config-locked`, `ccs-config-refused`, `ccs-config-unusable`, `ccs-config-old`.
 */
export function setCcsAutoSync(
  ccs: { readonly ccsDirectory: string; readonly clock: Clock },
  enabled: boolean,
): Promise<Result<void, AppError>> {
  return underCcsLock(ccs, async () => {
    const prepared = prepareCcsEdit(ccs.ccsDirectory, { op: 'auto-sync', enabled });
    return prepared.ok ? prepared.value.write() : prepared;
  });
}
