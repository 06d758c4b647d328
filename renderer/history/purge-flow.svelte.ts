import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import { targetAsk } from '../targets/target-name.ts';

/** Removing what the history keeps: chosen, asked for once more where it can't be had again, then done. */
export type PurgeStep =
  | { readonly kind: 'choosing' }
  /** The bytes from before the first sync would go for good. */
  | { readonly kind: 'confirming-first' }
  | { readonly kind: 'removing' }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface PurgeFlow {
  /** Null: no dialog is open. */
  readonly step: PurgeStep | null;
  /** How many files the last removal took away; null before the first. */
  readonly removed: number | null;
  /** Of this target; absent: the local file. */
  open(target?: string): void;
  /** Removes; with `first` only after `confirmFirst`. */
  remove(first: boolean): Promise<void>;
  confirmFirst(): Promise<void>;
  cancel(): void;
}

/** `onremoved` is called after each removal: the list is another one. */
export function createPurgeFlow(client: Client, onremoved: () => void): PurgeFlow {
  let step = $state.raw<PurgeStep | null>(null);
  let removed = $state<number | null>(null);
  let target = 'local';

  const purge = async (first: boolean): Promise<void> => {
    step = { kind: 'removing' };
    const answer = await client.call('history.purge', { first, ...targetAsk(target) });
    if (answer.ok) {
      removed = answer.value.removed;
      step = null;
      onremoved();
    } else {
      step = { kind: 'failed', error: answer.error };
    }
  };
  return {
    get step() {
      return step;
    },
    get removed() {
      return removed;
    },
    open: (of = 'local') => {
      target = of;
      removed = null;
      step = { kind: 'choosing' };
    },
    remove: async (first) => {
      if (step?.kind === 'removing') return;
      if (first) step = { kind: 'confirming-first' };
      else await purge(false);
    },
    confirmFirst: async () => {
      if (step?.kind === 'confirming-first') await purge(true);
    },
    cancel: () => {
      if (step?.kind !== 'removing') step = null;
    },
  };
}
