import { assertNever } from '../../shared/result.ts';
import type { SkipReason } from '../../shared/schema/skip.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { Tone } from '../ui/tone.ts';

/** A profile's state in a word, its colour and the shape beside it. */
export interface StateBadge {
  readonly word: string;
  readonly tone: Tone;
  readonly glyph: 'check' | 'clock' | 'pause' | 'eye' | 'alert' | 'question';
}

/** Null where the profile is rightly left out, which is said by its reason and needs no badge. */
export function badgeOf({ state, reason }: Pick<ProfileStatus, 'state' | 'reason'>): StateBadge | null {
  switch (state) {
    case 'synced':
      return { word: m.profiles_state_synced(), tone: 'good', glyph: 'check' };
    case 'pending':
      return { word: m.profiles_state_pending(), tone: 'info', glyph: 'clock' };
    case 'held':
      return { word: m.profiles_state_held(), tone: 'neutral', glyph: 'pause' };
    case 'review':
      return { word: m.profiles_state_review(), tone: 'warn', glyph: 'eye' };
    case 'unknown':
      return { word: m.profiles_state_unknown(), tone: 'neutral', glyph: 'question' };
    case 'skipped': {
      const word = reason === null ? null : troubleOf(reason);
      return word === null ? null : { word, tone: 'warn', glyph: 'alert' };
    }
    default:
      return assertNever(state);
  }
}

/** What is wrong, in two words; null for reasons that ask nothing of a person. */
function troubleOf(reason: SkipReason): string | null {
  switch (reason.code) {
    case 'missing-file':
      return m.profiles_trouble_missing_file();
    case 'unreadable':
      return m.profiles_trouble_unreadable();
    case 'missing-token':
      return m.profiles_trouble_missing_token();
    case 'placeholder':
      return m.profiles_trouble_placeholder();
    case 'invalid-token':
      return m.profiles_trouble_invalid_token();
    case 'invalid-name':
      return m.profiles_trouble_invalid_name();
    case 'duplicate-prefix':
    case 'prefix-taken':
      return m.profiles_trouble_prefix_taken();
    case 'default-login':
    case 'excluded':
    case 'not-chosen':
    case 'other-target':
    case 'proxy-loop':
    case 'ccs-internal':
    case 'copy':
      return null;
    default:
      return assertNever(reason);
  }
}
