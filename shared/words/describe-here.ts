import type { AppError } from '../errors.ts';
import { assertNever } from '../result.ts';
import type { ProxyObservation } from '../schema/observation.ts';
import type { SkipReason } from '../schema/skip.ts';
import { describeError } from './describe-error.ts';
import { describeProxy } from './describe-proxy.ts';
import { describeSkip, type SkipWording } from './describe-skip.ts';
import * as m from './generated/messages.js';
import type { Observation, Wording } from './wording.ts';

/**
 * What the window and its notifications say. The plain words (`describe-error.ts` and its like) tell commands that can
 * be typed; here are buttons for the same, and no `cliproxy-sync` need be on anybody's PATH. What happened is told
 * alike everywhere. What only a terminal can do (a new link to a headless service) stays a command.
 */
export function describeErrorHere(error: AppError): Wording {
  const words = describeError(error);
  const next = errorNext(error);
  return next === null ? words : { ...words, next };
}

/** Null where the plain words name no command of ours. */
function errorNext({ code }: AppError): string | null {
  switch (code) {
    case 'target-missing':
    case 'ccs-creates-target':
      return m.here_create_next();
    case 'unknown-profile':
      return m.here_profiles_next();
    case 'unknown-target':
      return m.here_targets_next();
    case 'unknown-model':
      return m.here_models_next();
    case 'unknown-record':
    case 'nothing-to-undo':
      return m.here_history_next();
    case 'record-without-bytes':
      return m.here_without_bytes_next();
    default:
      return null;
  }
}

/** What `describeProxy` says of the local proxy. */
export function describeProxyHere(observation: ProxyObservation): Observation {
  const words = describeProxy(observation);
  if (observation.state !== 'unverified') return words;
  const { why, management } = observation;
  if (why === 'no-answer') return { ...words, next: m.here_look_again_next() };
  const isUnseen = why === 'only-credentials-changed' || why === 'nothing-to-check';
  return isUnseen && management === 'no-key' ? { ...words, next: m.here_management_key_next() } : words;
}

/** Why a profile is not synced, beside the buttons of its page, which do what the sentence asks for. */
export function describeSkipHere(reason: SkipReason, profile: string): SkipWording {
  const words = describeSkip(reason, profile);
  switch (reason.code) {
    case 'missing-token':
    case 'placeholder':
    case 'invalid-token':
      return { ...words, fix: m.profiles_fix_key_next() };
    case 'missing-file':
      return { ...words, fix: m.profiles_fix_missing_file_next() };
    case 'invalid-name':
      return { ...words, fix: m.profiles_fix_invalid_name_next() };
    case 'duplicate-prefix':
      return { ...words, fix: m.profiles_fix_duplicate_prefix_next() };
    case 'prefix-taken':
      return { ...words, fix: m.profiles_fix_prefix_taken_next() };
    case 'excluded':
      return { ...words, fix: null };
    case 'unreadable':
    case 'default-login':
    case 'not-chosen':
    case 'other-target':
    case 'proxy-loop':
    case 'ccs-internal':
    case 'copy':
      return words;
    default:
      return assertNever(reason);
  }
}
