import type { SkipReason } from '../../../shared/schema/skip.ts';
import type { ModelEdit, SectionEntry } from '../yaml/section.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** The fields of an entry that change, with their new values. */
export interface FieldChanges {
  readonly apiKey?: string;
  readonly prefix?: string;
  readonly baseUrl?: string;
}

/** Why an entry is updated: the profile asks for something else, or somebody changed what we wrote. */
export type UpdateCause = 'profile' | 'drift' | 'rename' | 'take-over';

/** Why an entry goes: its file is gone, or the profile is no longer synced for this reason. */
export type RemovalCause = 'profile-gone' | 'released' | SkipReason['code'];

export type Operation =
  | {
      readonly op: 'add';
      readonly profile: string;
      readonly wanted: WantedEntry;
      readonly cause: 'profile' | 'drift';
    }
  | {
      readonly op: 'update';
      readonly profile: string;
      readonly cause: UpdateCause;
      readonly entry: SectionEntry;
      readonly set: FieldChanges;
      readonly models: readonly ModelEdit[];
    }
  | {
      readonly op: 'adopt';
      readonly profile: string;
      readonly entry: SectionEntry;
      readonly set: FieldChanges;
    }
  | {
      readonly op: 'remove';
      readonly profile: string;
      readonly entry: SectionEntry;
      readonly cause: RemovalCause;
    }
  | {
      readonly op: 'leave';
      readonly profile: string;
      readonly entry: SectionEntry | null;
      readonly why: 'unreadable' | 'changed-by-hand' | 'held' | 'world-unknown';
    }
  /** Not done without a person's word: the entry is somebody else's, or may be. */
  | {
      readonly op: 'review';
      readonly profile: string;
      readonly why: 'key-differs';
      readonly entry: SectionEntry;
      readonly set: FieldChanges;
      readonly models: readonly ModelEdit[];
    };

/** What a plan warns of; nothing is held back because of it. */
export type PlanWarning =
  | {
      readonly code: 'shared-bare-name';
      readonly name: string;
      /** The changed profiles that bring it. */
      readonly profiles: readonly string[];
      /** The other credentials of the section that serve it. */
      readonly others: readonly { readonly prefix: string; readonly line: number }[];
      /** Whether another section of the file serves it too. */
      readonly elsewhere: boolean;
    }
  | {
      readonly code: 'prefix-shared';
      readonly profile: string;
      readonly prefix: string;
      readonly line: number;
    }
  | { readonly code: 'users-own'; readonly profile: string; readonly line: number }
  | { readonly code: 'changed-by-hand'; readonly profile: string; readonly line: number }
  | { readonly code: 'ledger-lost' };

/** Why a plan must be confirmed by a person before anything of it is written. */
export type ConsentReason =
  | { readonly code: 'mass-removal'; readonly removed: number; readonly owned: number }
  | { readonly code: 'force-model-prefix'; readonly profiles: readonly string[] }
  /** The first sync to a server on which others have entries: how many of them. */
  | { readonly code: 'first-sync'; readonly entries: number }
  /** On a server stand entries as these profiles ask for them, but they are not known as ours. */
  | { readonly code: 'adoption'; readonly profiles: readonly string[] };
