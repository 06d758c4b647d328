import type { Profile } from './schema/profile.ts';
import type { RemoteFault } from './schema/remote.ts';
import type { ProfileFault } from './schema/skip.ts';

/**
 * Why a YAML text was refused. `line` and `column` count from 1. No text of the file is carried: it may hold keys.
 */
export interface YamlRefusal {
  readonly code:
    | 'invalid-yaml'
    | 'duplicate-key'
    | 'several-documents'
    | 'root-not-mapping'
    | 'section-not-list'
    | 'indirect'
    | 'control-character'
    | 'check-failed';
  readonly line: number;
  readonly column: number;
  /** A parser's error code, or the name of the duplicate key; never a value. */
  readonly detail: string;
}

/** Every failure that is expected. Sentences for them are made in shared/words/. */
export type AppError =
  | ProfileError
  | { readonly code: 'no-home' }
  | { readonly code: 'ccs-directory-missing'; readonly path: string }
  | { readonly code: 'ccs-directory-unreadable'; readonly path: string; readonly reason: string }
  | {
      readonly code: 'registry-unreadable';
      readonly path: string;
      readonly line: number | null;
      readonly reason: string;
    }
  | { readonly code: 'target-missing'; readonly path: string; readonly ccsInstalled: boolean }
  | { readonly code: 'target-unreadable'; readonly path: string; readonly reason: string }
  | { readonly code: 'target-not-utf8'; readonly path: string; readonly line: number }
  | { readonly code: 'target-refused'; readonly path: string; readonly refusal: YamlRefusal }
  | { readonly code: 'target-unwritable'; readonly path: string; readonly reason: string }
  | { readonly code: 'target-keeps-changing'; readonly path: string }
  | { readonly code: 'target-exists'; readonly path: string }
  | { readonly code: 'disk-full'; readonly path: string }
  | { readonly code: 'locked'; readonly path: string; readonly pid: number; readonly host: string }
  | { readonly code: 'journal-conflict'; readonly path: string; readonly journal: string }
  | { readonly code: 'state-unusable'; readonly path: string; readonly reason: string }
  | { readonly code: 'unknown-profile'; readonly name: string }
  | { readonly code: 'unknown-target'; readonly name: string }
  /** A remote server was not read, or not written. `target`: its name. */
  | { readonly code: 'remote-fault'; readonly target: string; readonly fault: RemoteFault }
  | { readonly code: 'target-name-taken'; readonly name: string }
  /** Another target is that very server: `name` is its name. Both would take each other's entries for their own. */
  | { readonly code: 'target-url-taken'; readonly name: string }
  /** What was typed can't be what it is meant for; a key is not told. */
  | {
      readonly code: 'target-value-invalid';
      readonly field: 'name' | 'url' | 'key' | 'key-source' | 'entries';
    }
  | { readonly code: 'unknown-record'; readonly id: string }
  | { readonly code: 'unknown-model'; readonly id: string }
  | { readonly code: 'nothing-to-undo' }
  | { readonly code: 'record-without-bytes'; readonly id: string }
  /** `sync --create` where CCS is installed, which makes a fuller file itself: only on a person's word. */
  | { readonly code: 'ccs-creates-target'; readonly path: string }
  /** Another host already serves this CCS directory. `host`: what it is, `''` where it does not say. */
  | { readonly code: 'service-runs'; readonly pid: number; readonly host: string }
  /** It is of another version, with which we can't talk. */
  | { readonly code: 'service-other-version'; readonly pid: number; readonly version: string }
  /** The service ended while it was asked. */
  | { readonly code: 'service-gone' }
  /** A bug in the service; its log tells more. */
  | { readonly code: 'service-failed'; readonly method: string }
  | { readonly code: 'service-busy' }
  | { readonly code: 'unknown-method'; readonly method: string }
  /** `problems`: where the input is wrong, as paths; never a value. */
  | { readonly code: 'bad-input'; readonly method: string; readonly problems: readonly string[] }
  /** The page's or script's right to ask has ended, or never was. */
  | { readonly code: 'signed-out' }
  /** A request that no page or client of ours makes; `part` says what of it is wrong. */
  | { readonly code: 'request-refused'; readonly part: 'host' | 'origin' | 'verb' | 'path' | 'type' | 'size' }
  /** What this host can't do: `capabilities` said so. */
  | { readonly code: 'not-offered'; readonly method: string }
  | { readonly code: 'cannot-listen'; readonly address: string; readonly reason: string };

/** What can go wrong with a profile, or with CCS's registry of them. */
export type ProfileError =
  | {
      readonly code: 'profile-name-invalid';
      readonly name: string;
      readonly why: 'form' | 'too-long' | 'reserved';
    }
  | { readonly code: 'profile-exists'; readonly name: string }
  /** An edit was based on an older version of the file; nothing was written. */
  | { readonly code: 'profile-changed-since'; readonly name: string; readonly newer: Profile }
  | {
      readonly code: 'profile-unreadable';
      readonly path: string;
      readonly detail: ProfileFault;
      readonly line: number | null;
    }
  | { readonly code: 'profile-unwritable'; readonly path: string; readonly reason: string }
  /** Claude's own settings (`other` is null), or a file that the profile `other` uses too. */
  | {
      readonly code: 'profile-not-alone';
      readonly name: string;
      readonly path: string;
      readonly other: string | null;
    }
  /** A new value that can't be what it is meant for; it is not told, for it may be a key. */
  | { readonly code: 'profile-value-invalid'; readonly field: 'base-url' | 'model' | 'key' | 'secret' }
  | { readonly code: 'profile-without-key'; readonly name: string }
  /** A text that was typed is not what a settings file must be; `line` counts from 1. */
  | { readonly code: 'raw-invalid'; readonly detail: ProfileFault; readonly line: number | null }
  /** A marker of a kept secret is not where it was, or not as it was; `line` is that of the typed text. */
  | { readonly code: 'marker-changed'; readonly line: number | null }
  | { readonly code: 'unknown-preset'; readonly name: string }
  | { readonly code: 'preset-incomplete'; readonly preset: string; readonly missing: 'key' | 'resource' }
  | { readonly code: 'unknown-deleted'; readonly id: string }
  | { readonly code: 'ccs-config-locked'; readonly path: string; readonly pid: number }
  | { readonly code: 'ccs-config-refused'; readonly path: string; readonly refusal: YamlRefusal }
  | { readonly code: 'ccs-config-unusable'; readonly path: string; readonly reason: string }
  /** The registry of a CCS before config.yaml, which we only read. */
  | { readonly code: 'ccs-config-old'; readonly path: string };

export type AppErrorCode = AppError['code'];
