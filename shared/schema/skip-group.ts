import type { SkipCode } from './skip.ts';

/** Skipped is not broken: only the reasons of `needs-you` ask something of the user. */
export type SkipGroup = 'needs-you' | 'not-for-this-proxy';

export function skipGroup(code: SkipCode): SkipGroup {
  switch (code) {
    case 'proxy-loop':
    case 'other-target':
    case 'default-login':
    case 'ccs-internal':
    case 'copy':
    case 'excluded':
    case 'not-chosen':
      return 'not-for-this-proxy';
    case 'missing-file':
    case 'unreadable':
    case 'missing-token':
    case 'placeholder':
    case 'invalid-token':
    case 'invalid-name':
    case 'duplicate-prefix':
    case 'prefix-taken':
      return 'needs-you';
  }
}
