import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { CcsConfig } from './ccs-config.ts';
import type { CcsConfigReading } from './read-ccs-config.ts';
import {
  type DiscoveredProfile,
  type Scan,
  scanProfiles,
  type ScanRequest,
  withUncertainFile,
} from './scan-profiles.ts';

/** What is known of CCS's registry: itself, or what it last was, or nothing (then nothing is added or removed). */
export type RegistryState =
  | { readonly state: 'known' }
  | { readonly state: 'last-known'; readonly error: AppError }
  | { readonly state: 'unknown'; readonly error: AppError };

/** The user's world as we found it. */
export interface Snapshot {
  readonly ccsDirectory: string;
  readonly registry: RegistryState;
  /** CCS's own settings; null where it has none or they can't be read. */
  readonly config: CcsConfig | null;
  /** What `config` comes from. */
  readonly ccsConfig: CcsConfigReading;
  /** Sorted by name, by code unit. */
  readonly profiles: readonly DiscoveredProfile[];
  /** Names of owned profiles that are gone for certain, sorted. */
  readonly missing: readonly string[];
}

/** A profile that has, or had, an entry of ours in a target. */
export interface OwnedPlace {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
}

export interface DiscoverRequest extends ScanRequest {
  readonly owned: readonly OwnedPlace[];
}

/** Between the two looks that it takes to call a profile gone. */
const SECOND_LOOK_MS = 1000;

/**
 * Finds the user's profiles. An unreadable world is not an empty one: an owned profile counts as gone only after
 * its folder listed and lacked it twice, a second apart (one wait for all, and only where something is missing);
 * until then it is `unreadable`. Fails with `ccs-directory-missing` and `ccs-directory-unreadable`.
 */
export async function discoverProfiles(request: DiscoverRequest): Promise<Result<Snapshot, AppError>> {
  const first = await scanProfiles(request);
  if (!first.ok) return first;
  const suspects = absentees(first.value, request.owned);
  if (suspects.gone.size === 0 && !lostItsRegistry(first.value, request)) {
    return ok(snapshotOf(request, first.value, { gone: new Set(), uncertain: suspects.uncertain }));
  }
  await request.clock.sleep(SECOND_LOOK_MS);
  const second = await scanProfiles(request);
  if (!second.ok) return second;
  const { gone, uncertain } = absentees(second.value, request.owned);
  const onceSeen = [...gone].filter(([name]) => !suspects.gone.has(name));
  return ok(
    snapshotOf(request, second.value, {
      gone: new Set([...gone.keys()].filter((name) => suspects.gone.has(name))),
      uncertain: new Map([...uncertain, ...onceSeen]),
    }),
  );
}

/** A config.yaml that was there a moment ago may be on its way back: without it all would seem unregistered. */
function lostItsRegistry({ registry }: Scan, { lastRegistry }: DiscoverRequest): boolean {
  return registry.state === 'absent' && lastRegistry !== null && lastRegistry.length > 0;
}

type Places = ReadonlyMap<string, OwnedPlace>;

interface Absentees {
  /** Owned profiles that are not there, as far as one look can tell. */
  readonly gone: Places;
  /** Owned profiles of which that can't be told, because their folder can't be listed. */
  readonly uncertain: Places;
}

function absentees(scan: Scan, owned: readonly OwnedPlace[]): Absentees {
  const files = new Map(scan.profiles.map(({ name, file }) => [name, file]));
  const gone = new Map<string, OwnedPlace>();
  const uncertain = new Map<string, OwnedPlace>();
  for (const place of owned) {
    const file = files.get(place.name);
    if (file !== undefined && file.state !== 'missing') continue;
    const found = file === undefined ? scan.folders.lookUp(place.path) : 'not-there';
    // A file that is still there is no profile any more if the registry says so: it names it no longer.
    const isAbsent = found === 'not-there' || (found === 'there' && scan.registry.state !== 'unreadable');
    (isAbsent ? gone : uncertain).set(place.name, place);
  }
  return { gone, uncertain };
}

function snapshotOf(
  request: DiscoverRequest,
  scan: Scan,
  absent: { readonly gone: ReadonlySet<string>; readonly uncertain: Places },
): Snapshot {
  const profiles = scan.profiles.map((profile) =>
    absent.uncertain.has(profile.name) ? withUncertainFile(profile) : profile,
  );
  const names = new Set(profiles.map(({ name }) => name));
  for (const { name, path } of absent.uncertain.values()) {
    if (names.has(name)) continue;
    profiles.push(withUncertainFile({ name, path, realPath: path, registered: false, target: 'claude' }));
  }
  return {
    ccsDirectory: request.ccsDirectory,
    registry: registryState(scan, request),
    config: scan.registry.state === 'read' ? scan.registry.config : null,
    ccsConfig: scan.registry,
    profiles: profiles.sort((one, other) => (one.name < other.name ? -1 : 1)),
    missing: [...absent.gone].sort(),
  };
}

function registryState({ registry }: Scan, { lastRegistry }: DiscoverRequest): RegistryState {
  if (registry.state !== 'unreadable') return { state: 'known' };
  return { state: lastRegistry === null ? 'unknown' : 'last-known', error: registry.error };
}
