import { SvelteMap } from 'svelte/reactivity';
import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import { targetAsk } from '../targets/target-name.ts';

/** The changes of all targets, each read again when it has a new one. */
export interface RecentHistories {
  readonly read: ReadonlyMap<string, readonly HistoryEntry[]>;
  /** Why the last reading failed; what was read before stays. */
  readonly error: AppError | null;
  /** Reads one target's anew; an answer that a later one has overtaken counts for nothing. */
  reload(target: string): Promise<void>;
  /** Forgets the targets that are gone. */
  keep(targets: readonly string[]): void;
}

export function createRecentHistories(client: Client): RecentHistories {
  const read = new SvelteMap<string, readonly HistoryEntry[]>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing is shown of it
  const latest = new Map<string, number>();
  let error = $state.raw<AppError | null>(null);
  return {
    read,
    get error() {
      return error;
    },
    reload: async (target) => {
      const mine = (latest.get(target) ?? 0) + 1;
      latest.set(target, mine);
      const answer = await client.call('history.list', targetAsk(target));
      if (latest.get(target) !== mine) return;
      error = answer.ok || answer.error.code === 'service-gone' ? null : answer.error;
      if (answer.ok) read.set(target, answer.value.records);
    },
    keep: (targets) => {
      for (const target of [...read.keys()]) {
        if (targets.includes(target)) continue;
        latest.delete(target);
        read.delete(target);
      }
    },
  };
}
