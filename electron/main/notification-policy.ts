import type { Settings } from '../../shared/schema/settings.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { causesOf, type Cause } from './notification-causes.ts';

/** What is over sooner asks nothing of a person: a save that is half done, a lock that somebody holds. */
const LASTS_MS = 5_000;

/** What comes back sooner than this was never really gone, and is not said again. */
const CALM_MS = 600_000;

/** What is remembered of one cause. Moments in milliseconds since the epoch. */
interface Remembered {
  readonly sinceMs: number;
  /** Null while it holds. */
  readonly goneMs: number | null;
  readonly isSaid: boolean;
}

/** By the causes' ids. */
export type NotificationMemory = Readonly<Record<string, Remembered>>;

export interface NotificationLook {
  readonly state: AppState;
  /** The state before; null for the first. */
  readonly before: AppState | null;
  readonly setting: Settings['notifications'];
  /** Somebody looks at the window, which shows the same: then it counts as said. */
  readonly isLookedAt: boolean;
  readonly nowMs: number;
}

export interface NotificationStep {
  readonly memory: NotificationMemory;
  readonly say: readonly Cause[];
  /** When to look again although nothing changes, in milliseconds since the epoch. */
  readonly againAtMs: number | null;
}

/**
 * Decides what to tell. A problem is told once it has lasted 5 s, and never again as long as it holds; one that comes
 * back within 10 min is the same one. What happened (a repair, a write) is told at once, and only where all is wanted.
 */
export function judgeNotifications(memory: NotificationMemory, look: NotificationLook): NotificationStep {
  const { nowMs, setting } = look;
  const { problems, events } = causesOf(look.state, look.before);
  const holding = new Map(problems.map((cause) => [cause.id, cause]));
  const known = Object.entries(memory).flatMap(([id, one]) => {
    if (holding.has(id)) return [];
    const gone = { ...one, goneMs: one.goneMs ?? nowMs };
    return nowMs - gone.goneMs < CALM_MS ? [[id, gone] as const] : [];
  });
  const current = problems.map((cause) => {
    const before = memory[cause.id];
    const isSame = before !== undefined && (before.goneMs === null || nowMs - before.goneMs < CALM_MS);
    const isNew = before === undefined || !isSame || (!before.isSaid && before.goneMs !== null);
    const sinceMs = isNew ? nowMs : before.sinceMs;
    const isSaid = isSame && before.isSaid;
    return { cause, sinceMs, isSaid, isDue: !isSaid && nowMs - sinceMs >= LASTS_MS };
  });
  const due = current.filter(({ isDue }) => isDue).map(({ cause }) => cause);
  const isQuiet = look.isLookedAt || setting === 'none';
  const told = [...due, ...events].filter(({ level }) => setting === 'all' || level === 'problem');
  const waiting = current.filter(({ isSaid, isDue }) => !isSaid && !isDue);
  const remembered: NotificationMemory = Object.fromEntries<Remembered>([
    ...known,
    ...current.map(({ cause, sinceMs, isSaid, isDue }) => {
      return [cause.id, { sinceMs, goneMs: null, isSaid: isSaid || isDue }] as const;
    }),
  ]);
  return {
    memory: remembered,
    say: isQuiet ? [] : told,
    againAtMs: waiting.length === 0 ? null : Math.min(...waiting.map(({ sinceMs }) => sinceMs + LASTS_MS)),
  };
}
