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
  | { readonly code: 'no-home' }
  | { readonly code: 'ccs-directory-missing'; readonly path: string }
  | { readonly code: 'ccs-directory-unreadable'; readonly path: string; readonly reason: string }
  | { readonly code: 'registry-unreadable'; readonly path: string; readonly line: number | null; readonly reason: string }
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
  | { readonly code: 'unknown-record'; readonly id: string }
  | { readonly code: 'nothing-to-undo' }
  | { readonly code: 'record-without-bytes'; readonly id: string }
  /** `sync --create` where CCS is installed, which makes a fuller file itself: only on a person's word. */
  | { readonly code: 'ccs-creates-target'; readonly path: string };

export type AppErrorCode = AppError['code'];
