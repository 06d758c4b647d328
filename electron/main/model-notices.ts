import type { TroubledProfile } from '../../shared/catalog/troubled-profiles.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { countTroubles, describeTrouble } from '../../shared/words/describe-trouble.ts';
import * as m from '../../shared/words/generated/messages.js';
import { listNames } from '../../shared/words/list-names.ts';
import type { Note } from './notification-words.ts';
import { routeToTroubled } from './tray-models.ts';
import { shortened } from './tray-row.ts';

/** Begins each id under which the desktop remembers that it told of a model. */
const PREFIX = 'model:';
const LONGEST_BODY = 160;

export interface ModelNoticeLook {
  /** Ids of what was said once, other things of the desktop among them. */
  readonly said: readonly string[];
  readonly troubled: readonly TroubledProfile[];
  readonly profiles: readonly Pick<ProfileStatus, 'name' | 'entry'>[];
}

export interface ModelNotice {
  /** Null where everything was said before. */
  readonly note: Note | null;
  /** What counts as said once it is shown. */
  readonly said: readonly string[];
}

/**
 * What to tell of models that something speaks against: each profile with each such model once, ever, also over
 * restarts. What was told is forgotten when the profile names the model no more; not when the catalog has no opinion
 * for a while, as it does when it has become old.
 */
export function judgeModelNotices({ said, troubled, profiles }: ModelNoticeLook): ModelNotice {
  const named = new Set(
    profiles.flatMap(({ name, entry }) => (entry?.models ?? []).map((model) => placeOf(name, model))),
  );
  // A service that has just begun, or whose folder is away, knows no profile: none of them was changed.
  const isBlind = profiles.length === 0;
  const kept = said.filter(
    (id) => isBlind || !id.startsWith(PREFIX) || named.has(id.slice(0, id.lastIndexOf(' '))),
  );
  const fresh = troubled.filter((one) => !kept.includes(idOf(one)));
  return { note: fresh.length === 0 ? null : noteOf(fresh), said: [...kept, ...fresh.map(idOf)] };
}

function idOf({ profile, model, trouble }: TroubledProfile): string {
  return `${placeOf(profile, model)} ${trouble.kind}`;
}

function placeOf(profile: string, model: string): string {
  return PREFIX + JSON.stringify([profile, model]);
}

function noteOf(fresh: readonly TroubledProfile[]): Note {
  const [first, ...others] = fresh;
  const body =
    first === undefined || others.length > 0
      ? m.notify_models({ names: listNames(fresh.map(({ profile }) => profile)) })
      : m.notify_model({ profile: first.profile, what: describeTrouble(first.trouble, first.model) });
  return {
    id: 'models',
    title: countTroubles(fresh.map(({ trouble }) => trouble)),
    body: shortened(body, LONGEST_BODY),
    route: routeToTroubled(fresh),
  };
}
