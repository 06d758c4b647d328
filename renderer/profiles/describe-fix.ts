import { assertNever } from '../../shared/result.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { SkipFix } from './skip-fix.ts';

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
