import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { errnoOf } from '../files/file-failure.ts';

/**
 * Differs when any of these files was saved, replaced or removed since, even if its text is the same: CCS rewrites
 * our entries after each save, whatever was saved.
 */
export function saveMark(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${path}\n${fileMark(path)}\n`);
  return hash.digest('hex');
}

function fileMark(path: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(path, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    return errnoOf(error);
  }
}
