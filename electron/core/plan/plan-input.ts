import type { SkipReason } from '../../../shared/schema/skip.ts';
import type { SectionEntry } from '../yaml/section.ts';
import type { Fingerprint, Hold, OwnedEntry } from './owned-entry.ts';
import type { WantedEntry } from './wanted-entry.ts';

export interface PlanInput {
  /**
   * What the syncable profiles ask for, in the order in which new entries are to be added; no two of one name or
   * prefix (a second one was skipped as `duplicate-prefix`).
   */
  readonly wanted: readonly WantedEntry[];
  /** Profiles that can't be read right now: what stands of them stays as it is. */
  readonly unreadable: ReadonlySet<string>;
  /** Why a profile is not wanted; an owned one that is neither wanted nor here is gone. */
  readonly skipped: ReadonlyMap<string, SkipReason['code']>;
  /** False where the registry could never be read: then nothing is added or removed. */
  readonly worldKnown: boolean;
  readonly entries: readonly SectionEntry[];
  readonly owned: readonly OwnedEntry[];
  readonly holds: readonly Hold[];
  /** `none`: never synced. `lost`: there was a ledger and it can't be read. */
  readonly ledger: 'known' | 'none' | 'lost';
  readonly forceModelPrefix: boolean;
  /** Bare model names that other sections of the file serve. */
  readonly otherModelNames: ReadonlySet<string>;
  /** The profiles that a person named, whose holds end by that; null for all. */
  readonly only: ReadonlySet<string> | null;
  /** Whether a person agreed to what needs consent. */
  readonly accepted: boolean;
  /**
   * A target of others: the first sync is put to a person where it holds entries that do not become ours, and any
   * sync where one of them would become ours.
   */
  readonly asksFirst?: boolean | undefined;
  readonly fingerprint: Fingerprint;
}
