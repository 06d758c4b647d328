import { assertNever } from '../../shared/result.ts';
import type { SkipReason } from '../../shared/schema/skip.ts';
import { describeSkip, type SkipWording } from '../../shared/words/describe-skip.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { SkipFix } from './skip-fix.ts';

/** Why a profile is not synced, as the window says it: what a button beside it does needs no command. */
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

/** The words of the button that does it. */
export function describeFix(fix: SkipFix): string {
  switch (fix.kind) {
    case 'edit-key':
      return m.profiles_fix_key();
    case 'edit-text':
      return m.profiles_fix_text();
    case 'choose-client':
      return m.profiles_fix_client();
    case 'open-file':
      return m.ui_open_file();
    case 'rename':
      return m.profiles_rename_more();
    case 'include':
      return m.profiles_include();
    case 'take-over':
      return m.profiles_fix_take_over();
    case 'delete':
      return m.profiles_fix_delete();
    case 'show':
      return m.profiles_fix_show({ profile: fix.profile });
    default:
      return assertNever(fix);
  }
}
