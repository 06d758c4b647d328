import type { Clock } from '../support/clock.ts';
import type { StateStore } from './store.ts';

/** Who began a sync, and of how many profiles. */
export interface SyncActivity {
  readonly by: 'user' | 'auto';
  readonly profiles: number;
}

/** What is being written to several targets at once, told as the one activity that the state has. */
export interface Activities {
  /** A sync of this target begins; the one that it had before counts no more. */
  began(target: string, activity: SyncActivity): void;
  ended(target: string): void;
}

/** A sync that a person began comes before those that began by themselves, and the oldest moment counts. */
export function createActivities(store: StateStore, clock: Clock): Activities {
  const running = new Map<string, SyncActivity & { readonly sinceMs: number }>();

  function tell(): void {
    const all = [...running.values()];
    const asked = all.filter(({ by }) => by === 'user');
    const shown = asked.length > 0 ? asked : all;
    const [first] = shown;
    if (first === undefined) {
      store.dispatch({ kind: 'ended' });
      return;
    }
    store.dispatch({
      kind: 'began',
      by: first.by,
      atMs: Math.min(...shown.map(({ sinceMs }) => sinceMs)),
      // The same profiles go to every target.
      profiles: Math.max(...shown.map(({ profiles }) => profiles)),
    });
  }

  return {
    began: (target, activity) => {
      running.set(target, { ...activity, sinceMs: clock.now() });
      tell();
    },
    ended: (target) => {
      running.delete(target);
      tell();
    },
  };
}
