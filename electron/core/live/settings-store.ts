import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DEFAULT_SETTINGS, Settings } from '../../../shared/schema/settings.ts';
import { errnoOf, stateError } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { ensureFolder } from '../files/state-folder.ts';
import { createTurns } from '../support/turns.ts';

/** What is to change; what is undefined stays. */
export type ChangedSettings = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

/** The settings of one CCS directory, in our folder for it. */
export interface SettingsStore {
  get(): Settings;
  /** Saves a change before it counts. Errors: `state-unusable`, `disk-full`. */
  change(change: ChangedSettings): Promise<Result<Settings, AppError>>;
}

/** Reads the settings once. Error: `state-unusable`. */
export function openSettings(homeFolder: string): Result<SettingsStore, AppError> {
  const path = join(homeFolder, 'settings.json');
  const read = readSettings(path);
  if (!read.ok) return read;
  let settings = read.value;
  const turns = createTurns();
  return ok({
    get: () => settings,
    change: (change) =>
      turns.take(async () => {
        const given = Object.entries(change).filter(([, value]) => value !== undefined);
        // What makes no sense was refused at the edge: here it is a bug, and throws.
        const next = Settings.parse({ ...settings, ...(Object.fromEntries(given) as Partial<Settings>) });
        const folder = await ensureFolder(homeFolder);
        if (!folder.ok) return folder;
        const written = await replaceFile(path, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 });
        if (!written.ok) return err(stateError(written.error));
        settings = next;
        return ok(settings);
      }),
  });
}

function readSettings(path: string): Result<Settings, AppError> {
  try {
    return ok(settingsOf(JSON.parse(readFileSync(path, 'utf8')) as unknown));
  } catch (error) {
    if (error instanceof SyntaxError) return ok(DEFAULT_SETTINGS);
    const reason = errnoOf(error);
    return reason === 'ENOENT' || reason === 'ENOTDIR'
      ? ok(DEFAULT_SETTINGS)
      : err({ code: 'state-unusable', path, reason });
  }
}

/** A setting that makes no sense counts as not set; the others stay. */
function settingsOf(value: unknown): Settings {
  const entries: [string, unknown][] =
    typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.reduce<Settings>((settings, [key, one]) => {
    const parsed = Settings.safeParse({ ...settings, [key]: one });
    return parsed.success ? parsed.data : settings;
  }, DEFAULT_SETTINGS);
}
