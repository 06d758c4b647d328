import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { StatusReport } from '../../../shared/schema/status.ts';
import { errnoOf } from '../files/file-failure.ts';
import { saveMark } from './save-mark.ts';

/**
 * Tells what the profiles ask for from what they asked for before, without reading any of them again: a save that
 * changes nothing counts too, and costs a look. Without a report (the local configuration can't be read) the files
 * themselves have to tell, which say less of exclusions and more than needed of the rest.
 */
export function wishMark(found: {
  readonly ccsDirectory: string;
  /** Of all profiles that were known last. */
  readonly profilePaths: readonly string[];
  readonly report: Pick<StatusReport, 'profiles'> | null;
}): string {
  const { ccsDirectory, profilePaths, report } = found;
  if (report === null) return `unread ${saveMark([...settingsFiles(ccsDirectory), ...profilePaths])}`;
  // Where a profile stands to the local file is nothing to the remotes.
  const asked = report.profiles.map(({ name, registered, reason, entry }) => [
    name,
    registered,
    reason,
    entry,
  ]);
  return `${saveMark(profilePaths)} ${JSON.stringify(asked)}`;
}

function settingsFiles(ccsDirectory: string): readonly string[] {
  try {
    const names = readdirSync(ccsDirectory).filter((name) =>
      /\.settings\.json$|^config\.(ya?ml|json)$/.test(name),
    );
    return names.sort().map((name) => join(ccsDirectory, name));
  } catch (error) {
    return [errnoOf(error)];
  }
}
