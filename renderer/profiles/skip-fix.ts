import { assertNever } from '../../shared/result.ts';
import type { ProfileFault, SkipReason } from '../../shared/schema/skip.ts';

/** What the window can do about a reason for which a profile is not synced. */
export type SkipFix =
  | { readonly kind: 'edit-key' }
  | { readonly kind: 'edit-text' }
  | { readonly kind: 'choose-client' }
  | { readonly kind: 'open-file' }
  | { readonly kind: 'rename' }
  | { readonly kind: 'include' }
  | { readonly kind: 'take-over' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'show'; readonly profile: string };

/** The fixes of a reason, the best one first; none where all is as it should be, or where only the system can help. */
export function fixesOf(reason: SkipReason): readonly SkipFix[] {
  switch (reason.code) {
    case 'missing-token':
    case 'placeholder':
    case 'invalid-token':
      return [{ kind: 'edit-key' }];
    case 'unreadable':
      return [fixOfFault(reason.detail)];
    case 'missing-file':
      return [{ kind: 'delete' }];
    case 'invalid-name':
      return [{ kind: 'rename' }];
    case 'duplicate-prefix':
      return [{ kind: 'rename' }, { kind: 'show', profile: reason.other }];
    case 'prefix-taken':
      return [{ kind: 'rename' }, { kind: 'take-over' }];
    case 'excluded':
      return [{ kind: 'include' }];
    case 'other-target':
      return [{ kind: 'choose-client' }];
    case 'copy':
      return [{ kind: 'show', profile: reason.of }];
    case 'default-login':
    case 'not-chosen':
    case 'proxy-loop':
    case 'ccs-internal':
      return [];
    default:
      return assertNever(reason);
  }
}

/** A text in which secrets can be told from the rest can be corrected here; everything else needs the file itself. */
function fixOfFault(fault: ProfileFault): SkipFix {
  switch (fault) {
    case 'env-not-strings':
    case 'bad-characters':
      return { kind: 'edit-text' };
    case 'not-found':
    case 'not-a-file':
    case 'no-permission':
    case 'too-large':
    case 'io':
    case 'empty':
    case 'not-utf8':
    case 'not-json':
    case 'not-object':
    case 'env-not-object':
      return { kind: 'open-file' };
    default:
      return assertNever(fault);
  }
}
