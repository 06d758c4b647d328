import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { UndoReport } from '../../shared/schema/undo.ts';

/** What is to be taken back, and where: `target` absent means the local file. */
export type Undoing = { readonly target?: string } &
  /** `record` null: the latest that still can be; 0: everything since before the first sync. */
  (
    | { readonly kind: 'undo'; readonly record: number | null }
    /** Brings back what others took out since this change; null: the latest such loss. */
    | { readonly kind: 'restore'; readonly record: number | null }
    /** Stops managing the target; its entries stay, or are taken out. */
    | { readonly kind: 'release'; readonly entries: 'keep' | 'remove' }
  );

/** Where an undo stands: first it is looked at, then a person says yes, then it is done. */
export type UndoStep =
  | { readonly kind: 'looking' }
  /** Nothing was changed yet. `error`: what the last try came to; `busy`: it is being done. */
  | {
      readonly kind: 'asking';
      readonly report: UndoReport;
      readonly error: AppError | null;
      readonly busy: boolean;
    }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface UndoFlow {
  readonly undoing: Undoing | null;
  /** Null: no dialog is open. */
  readonly step: UndoStep | null;
  /** What the last one came to, until `forget`: for `UndoOutcome.svelte`. */
  readonly done: UndoReport | null;
  /** Looks at what an undo would do and opens the dialog on it; nothing is changed. */
  readonly ask: (undoing: Undoing) => Promise<void>;
  /** Does what the dialog shows. Where more would be lost than it showed, it asks again. */
  readonly confirm: () => Promise<void>;
  readonly cancel: () => void;
  readonly forget: () => void;
}

/** The way back from a change: ask, look, confirm. One for each view; `UndoDialog.svelte` shows it. */
export function createUndoFlow(client: Client): UndoFlow {
  let undoing = $state.raw<Undoing | null>(null);
  let step = $state.raw<UndoStep | null>(null);
  let done = $state.raw<UndoReport | null>(null);

  const close = (): void => {
    undoing = null;
    step = null;
  };
  return {
    get undoing() {
      return undoing;
    },
    get step() {
      return step;
    },
    get done() {
      return done;
    },
    ask: async (next) => {
      undoing = next;
      step = { kind: 'looking' };
      done = null;
      const planned = await run(client, next, { dryRun: true, accepted: false });
      // Closed, or asked for something else meanwhile.
      if (undoing !== next) return;
      step = planned.ok
        ? { kind: 'asking', report: planned.value, error: null, busy: false }
        : { kind: 'failed', error: planned.error };
    },
    confirm: async () => {
      if (undoing === null || step?.kind !== 'asking' || step.busy) return;
      const { report } = step;
      const asked = undoing;
      step = { kind: 'asking', report, error: null, busy: true };
      const answer = await run(client, asked, { dryRun: false, accepted: report.outside.length > 0 });
      if (undoing !== asked) {
        if (answer.ok && answer.value.outcome === 'done') done = answer.value;
        return;
      }
      if (!answer.ok) {
        step = { kind: 'asking', report, error: answer.error, busy: false };
      } else if (answer.value.outcome === 'needs-consent') {
        step = { kind: 'asking', report: answer.value, error: null, busy: false };
      } else {
        close();
        done = answer.value;
      }
    },
    cancel: close,
    forget: () => {
      done = null;
    },
  };
}

function run(
  client: Client,
  undoing: Undoing,
  flags: { readonly dryRun: boolean; readonly accepted: boolean },
): Promise<Result<UndoReport, AppError>> {
  const { target } = undoing;
  const how = { ...flags, ...(target === undefined ? {} : { target }) };
  switch (undoing.kind) {
    case 'undo':
      return client.call('sync.undo', { record: undoing.record, ...how });
    case 'restore':
      return client.call('history.restore', { record: undoing.record, ...how });
    case 'release':
      return client.call('targets.release', { entries: undoing.entries, ...how });
  }
}
