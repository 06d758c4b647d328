import { assertNever } from '../../shared/result.ts';
import type { TargetState } from '../../shared/schema/state.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { App } from '../state/app.svelte.ts';
import { isCutOff } from '../state/is-cut-off.ts';
import type { Tone } from '../ui/tone.ts';

export interface TargetBadge {
  readonly text: string;
  readonly tone: Tone;
}

/** The same as far as the window knows it: of a service that is gone nothing is well any more. */
export function badgeFor(app: Pick<App, 'connection'>, target: TargetState): TargetBadge {
  const badge = targetBadge(target);
  return isCutOff(app.connection) ? { ...badge, tone: 'neutral' } : badge;
}

/** How a target stands, in a word or two, with the colour of that. Green only for what was seen to be well. */
export function targetBadge({ state, proxy }: Pick<TargetState, 'state' | 'proxy'>): TargetBadge {
  switch (state) {
    case 'starting':
      return { text: m.overview_badge_starting(), tone: 'neutral' };
    case 'error':
      return { text: m.overview_badge_error(), tone: 'bad' };
    case 'auth-failed':
      return { text: m.overview_badge_auth_failed(), tone: 'bad' };
    case 'review':
      return { text: m.overview_badge_review(), tone: 'warn' };
    case 'offline':
      return { text: m.overview_badge_offline(), tone: 'neutral' };
    case 'not-loaded':
      return { text: m.overview_badge_not_loaded(), tone: 'warn' };
    case 'pending':
      return { text: m.overview_badge_pending(), tone: 'info' };
    case 'released':
      return { text: m.overview_badge_released(), tone: 'neutral' };
    case 'in-sync':
      return { text: m.overview_badge_in_sync(), tone: proxy?.state === 'loaded' ? 'good' : 'neutral' };
    case 'empty':
      return { text: m.overview_badge_empty(), tone: 'neutral' };
    default:
      return assertNever(state);
  }
}
