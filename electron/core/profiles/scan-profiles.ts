import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import type { RegisteredProfile } from './ccs-config.ts';
import { type Folder, type FolderListings, folderListings } from './folder-listings.ts';
import { unreadable } from './parse-profile.ts';
import { type CcsConfigReading, readCcsConfig } from './read-ccs-config.ts';
import type { ReadProfileFile } from './profile-readings.ts';
import { type ProfileFileReading, readProfileFile } from './read-profile-file.ts';
import type { CcsPlaces } from './settings-path.ts';

export interface DiscoveredProfile {
  readonly name: string;
  /** Absolute, as registered or listed. */
  readonly path: string;
  /** Where symlinks lead; `path` where that can't be told. */
  readonly realPath: string;
  readonly registered: boolean;
  readonly target: string;
  readonly file: ProfileFileReading;
}

export interface ScanRequest extends CcsPlaces {
  readonly clock: Clock;
  /** The registry as it was last read; null where it never was. */
  readonly lastRegistry: readonly RegisteredProfile[] | null;
  /** CCS's settings as they were read a moment ago, if they were. */
  readonly ccsConfig?: CcsConfigReading | undefined;
  /** How a settings file is read: anew each time, unless somebody remembers. */
  readonly readProfile?: ReadProfileFile | undefined;
}

/** One look at everything. */
export interface Scan {
  readonly registry: CcsConfigReading;
  readonly profiles: readonly DiscoveredProfile[];
  readonly folders: FolderListings;
}

const SUFFIX = '.settings.json';

/** Half-written files get better soon: in milliseconds, 300 in all, one wait for all files. */
const RETRY_DELAYS_MS = [30, 70, 200];

/** Files read before others get a turn of the event loop. */
const SLICE = 100;

/**
 * Lists the CCS directory, reads the registry, then every profile file. In this order: CCS writes a new file
 * before it registers it, so a file that was listed is never taken for unregistered while its registration
 * (which may say that it is not for Claude Code) comes in between. Fails with `ccs-directory-missing` and
 * `ccs-directory-unreadable`.
 */
export async function scanProfiles(request: ScanRequest): Promise<Result<Scan, AppError>> {
  const { ccsDirectory } = request;
  const folders = folderListings();
  const listing = folders.list(ccsDirectory);
  if (!listing.ok) {
    return listing.error === 'ENOENT'
      ? err({ code: 'ccs-directory-missing', path: ccsDirectory })
      : err({ code: 'ccs-directory-unreadable', path: ccsDirectory, reason: listing.error });
  }
  const registry = await readCcsConfig({ ...request, earlier: request.ccsConfig });
  const places = mergePlaces(ccsDirectory, listing.value, registeredProfiles(registry, request));
  const { readProfile = readProfileFile } = request;
  let profiles = await readAll(places, readProfile);
  for (const delayMs of RETRY_DELAYS_MS) {
    if (!profiles.some(mayBeHalfWritten)) break;
    await request.clock.sleep(delayMs);
    profiles = profiles.map((profile) =>
      mayBeHalfWritten(profile) ? { ...profile, file: readProfile(profile.path) } : profile,
    );
  }
  return ok({ registry, profiles: markMissing(profiles, folders), folders });
}

function registeredProfiles(
  registry: CcsConfigReading,
  { lastRegistry }: ScanRequest,
): readonly RegisteredProfile[] {
  if (registry.state === 'read') return registry.config.profiles;
  return registry.state === 'unreadable' ? (lastRegistry ?? []) : [];
}

type Place = Omit<DiscoveredProfile, 'file'>;

/** A file of the registry is known by its registered names only; a registered name goes to the registry's file. */
function mergePlaces(
  ccsDirectory: string,
  folder: Folder,
  registered: readonly RegisteredProfile[],
): readonly Place[] {
  const realFolder = realPathOf(ccsDirectory);
  /** Where symlinks lead; for most files the listing tells that there is none. */
  const realPath = (path: string): string => {
    const file = basename(path);
    const isPlain = dirname(path) === ccsDirectory && folder.get(file) === 'other';
    return isPlain ? realFolder + sep + file : realPathOf(path);
  };
  const names = new Set<string>();
  const files = new Set<string>();
  const places: Place[] = [];
  for (const { name, settingsPath: path, target } of registered) {
    names.add(name);
    files.add(entryOf(path, { ccsDirectory, realFolder }));
    places.push({ name, path, realPath: realPath(path), registered: true, target });
  }
  for (const file of folder.keys()) {
    const name = file.slice(0, -SUFFIX.length);
    // Editors' temporary files start with a dot.
    if (!file.endsWith(SUFFIX) || name === '' || file.startsWith('.') || names.has(name)) continue;
    if (files.has(realFolder + sep + file)) continue;
    const path = join(ccsDirectory, file);
    places.push({ name, path, realPath: realPath(path), registered: false, target: 'claude' });
  }
  return places.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The directory entry that a path means, however its folder is spelled; the entry itself may be a symlink. */
function entryOf(path: string, ccs: { readonly ccsDirectory: string; readonly realFolder: string }): string {
  const folder = dirname(path);
  return (folder === ccs.ccsDirectory ? ccs.realFolder : realPathOf(folder)) + sep + basename(path);
}

async function readAll(places: readonly Place[], read: ReadProfileFile): Promise<DiscoveredProfile[]> {
  const profiles: DiscoveredProfile[] = [];
  for (const place of places) {
    if (profiles.length % SLICE === SLICE - 1) await new Promise((resolve) => setImmediate(resolve));
    profiles.push({ ...place, file: read(place.path) });
  }
  return profiles;
}

function mayBeHalfWritten({ file }: DiscoveredProfile): boolean {
  return file.state === 'unreadable' && ['empty', 'not-utf8', 'not-json'].includes(file.detail);
}

/** `not-found` stays where the folder holds the name (a dangling symlink) or can't be listed. */
function markMissing(
  profiles: readonly DiscoveredProfile[],
  folders: FolderListings,
): readonly DiscoveredProfile[] {
  return profiles.map((profile) => {
    const { file, path } = profile;
    const sought = file.state === 'unreadable' && file.detail === 'not-found';
    return sought && folders.lookUp(path) === 'not-there'
      ? { ...profile, file: { state: 'missing' } }
      : profile;
  });
}

/** What is kept where a profile's absence is not certain. */
export function withUncertainFile(profile: Omit<DiscoveredProfile, 'file'>): DiscoveredProfile {
  return { ...profile, file: unreadable('not-found') };
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
