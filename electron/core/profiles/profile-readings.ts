import { type BigIntStats, statSync } from 'node:fs';
import type { UnreadableProfile } from './parse-profile.ts';
import { type ProfileFileReading, type ReadProfile, readProfileFile } from './read-profile-file.ts';

/** Reads one settings file, or knows that it is still as it was read before. */
export type ReadProfileFile = (path: string) => Exclude<ProfileFileReading, { readonly state: 'missing' }>;

/** What profile files said when they were last read, so that one changed file does not cost the reading of all. */
export interface ProfileReadings {
  readonly read: ReadProfileFile;
  /** The next look at this file reads it, whatever the system says of it; null: at any file. */
  forget(path: string | null): void;
  /** Lets go of all other files: their readings hold keys. */
  keepOnly(paths: readonly string[]): void;
}

/**
 * How coarse a file system's stamps may be, in milliseconds (FAT counts in steps of 2 s): a file that changes within
 * the step in which it was read can look as if it had not.
 */
const STEP_MS = 2000;

interface Reading {
  /** Tells the file as the system describes it; changes with each write and each replacement. */
  readonly mark: string;
  /** When this mark was first seen, on a clock of ours that never jumps. */
  readonly firstSeenMs: number;
  /** Whether it was read so long after that no later write can have the same mark. */
  readonly settled: boolean;
  readonly profile: ReadProfile;
}

/**
 * Nothing is trusted but what was read a step of the file system's time after its mark was first seen, as git does
 * with its index ("racy git"). That needs no comparison of our clock with the file system's, which may be another
 * machine's. `elapsedMs` tells time that only ever goes on.
 */
export function createProfileReadings(elapsedMs: () => number = () => performance.now()): ProfileReadings {
  const readings = new Map<string, Reading>();

  function read(path: string): ReadProfile | UnreadableProfile {
    // Before the file is read: what changes in between is then read already, and its new mark makes us read again.
    const mark = markOf(path);
    const known = readings.get(path);
    if (known !== undefined && known.mark === mark && known.settled) return known.profile;
    const nowMs = elapsedMs();
    const profile = readProfileFile(path);
    if (mark === null || profile.state !== 'read') {
      readings.delete(path);
      return profile;
    }
    const firstSeenMs = known?.mark === mark ? known.firstSeenMs : nowMs;
    readings.set(path, { mark, firstSeenMs, settled: nowMs - firstSeenMs > STEP_MS, profile });
    return profile;
  }

  return {
    read,
    forget: (path) => {
      if (path === null) readings.clear();
      else readings.delete(path);
    },
    keepOnly: (paths) => {
      const kept = new Set(paths);
      for (const path of readings.keys()) if (!kept.has(path)) readings.delete(path);
    },
  };
}

/** Null where there is nothing to look at. Its own permissions count as well: `ctime` tells of them. */
function markOf(path: string): string | null {
  let stat: BigIntStats;
  try {
    stat = statSync(path, { bigint: true });
  } catch {
    return null;
  }
  const { dev, ino, size, mtimeNs, ctimeNs } = stat;
  return `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}`;
}
