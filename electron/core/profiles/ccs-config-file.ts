import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { CcsConfigEdit } from './ccs-config-edit.ts';
import { editCcsConfig } from './edit-ccs-config.ts';
import { readRegularFile } from './regular-file.ts';

const MAX_BYTES = 16 * 1024 * 1024;

/** What a CCS that has no config.yaml yet would take for its own: the version is what it tells one by. */
const NEW_CONFIG = 'version: 13\n';

/** A change of CCS's config.yaml that is found to be possible, and not yet written. */
export interface PreparedCcsEdit {
  /** Writes it by rename, through symlinks, keeping mode and owner. Errors: `ccs-config-unusable`. */
  readonly write: () => Promise<Result<void, AppError>>;
}

/**
 * Reads CCS's config.yaml and makes the edit, to be called under CCS's lock. Where the edit changes nothing,
 * nothing will be written. Errors: `ccs-config-unusable`, `ccs-config-refused`, and `ccs-config-old` where CCS
 * keeps its registry in a config.json.
 */
export function prepareCcsEdit(ccsDirectory: string, edit: CcsConfigEdit): Result<PreparedCcsEdit, AppError> {
  const path = join(ccsDirectory, 'config.yaml');
  const old = readConfig(ccsDirectory, path);
  if (!old.ok) return old;
  const edited = editCcsConfig(old.value ?? NEW_CONFIG, edit);
  if (!edited.ok) return err({ code: 'ccs-config-refused', path, refusal: edited.error });
  const write = async (): Promise<Result<void, AppError>> => {
    if (edited.value === old.value) return ok(undefined);
    // An editor knows nothing of the lock: what it saved in between must not be lost.
    const current = readConfig(ccsDirectory, path);
    if (!current.ok) return current;
    if (current.value !== old.value) return err({ code: 'ccs-config-unusable', path, reason: 'EBUSY' });
    const written = await replaceFile(path, edited.value, { mode: 'keep', followLinks: true });
    return written.ok
      ? ok(undefined)
      : err({ code: 'ccs-config-unusable', path, reason: written.error.code });
  };
  return ok({ write });
}

/** The file's text; null where CCS has no settings at all yet. */
function readConfig(ccsDirectory: string, path: string): Result<string | null, AppError> {
  const file = readRegularFile(path, MAX_BYTES);
  if (!file.ok) {
    if (file.error !== 'not-found') return err({ code: 'ccs-config-unusable', path, reason: file.error });
    const old = join(ccsDirectory, 'config.json');
    return existsSync(old) ? err({ code: 'ccs-config-old', path: old }) : ok(null);
  }
  const text = file.value.bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(file.value.bytes)
    ? ok(text)
    : err({ code: 'ccs-config-unusable', path, reason: 'not-utf8' });
}
