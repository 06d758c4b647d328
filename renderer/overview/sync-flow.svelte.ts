import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { targetAsk } from '../targets/target-name.ts';

/** Progress that is over sooner is not shown. In milliseconds. */
const SHOWN_AFTER_MS = 300;

export interface SyncAsk {
  /** Only these profiles; null for all. */
  readonly only?: readonly string[] | null;
  /** A person agreed to what needs consent. */
  readonly accepted?: boolean;
  /** Make the configuration where there is none. */
  readonly create?: boolean;
  /** Take up again a target that was released. */
  readonly targetNamed?: boolean;
  /** A key that the server refused before may be sent to it once more. */
  readonly retryRefused?: boolean;
}

/** What the last sync came to; it stands until the next one, until its target changes, or it is dismissed. */
export type SyncOutcome =
  | { readonly kind: 'done'; readonly report: SyncReport }
  | { readonly kind: 'failed'; readonly error: AppError };

/** A sync of one target that was asked for in this window. */
export interface SyncFlow {
  readonly state: 'idle' | 'begun' | 'lasting';
  readonly outcome: SyncOutcome | null;
  /** Null where one is under way already, or it failed. */
  run(ask?: SyncAsk): Promise<SyncReport | null>;
  dismiss(): void;
}

export function createSyncFlow(client: Client, target = 'local'): SyncFlow {
  let state = $state<SyncFlow['state']>('idle');
  let outcome = $state.raw<SyncOutcome | null>(null);
  return {
    get state() {
      return state;
    },
    get outcome() {
      return outcome;
    },
    run: async (ask = {}) => {
      if (state !== 'idle') return null;
      state = 'begun';
      outcome = null;
      const timer = setTimeout(() => (state = 'lasting'), SHOWN_AFTER_MS);
      const answer = await client.call('sync.run', {
        ...targetAsk(target),
        only: ask.only ?? null,
        accepted: ask.accepted ?? false,
        dryRun: false,
        create: ask.create ?? false,
        targetNamed: ask.targetNamed ?? false,
        retryRefused: ask.retryRefused ?? false,
        verify: true,
      });
      clearTimeout(timer);
      state = 'idle';
      outcome = answer.ok ? { kind: 'done', report: answer.value } : { kind: 'failed', error: answer.error };
      return answer.ok ? answer.value : null;
    },
    dismiss: () => {
      outcome = null;
    },
  };
}
