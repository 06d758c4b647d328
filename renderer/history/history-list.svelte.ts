import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { HistoryReport } from '../../shared/schema/history.ts';
import { targetAsk } from '../targets/target-name.ts';

/** The changes of one target that the service keeps, as they were last read. */
export interface HistoryList {
  /** Null until they were read for the first time. */
  readonly report: HistoryReport | null;
  /** Why the last reading failed; what was read before stays. */
  readonly error: AppError | null;
  /**
   * Reads them anew; an answer that a later one has overtaken counts for nothing. Those of another target go at once.
   */
  reload(target?: string): Promise<void>;
}

export function createHistoryList(client: Client): HistoryList {
  let report = $state.raw<HistoryReport | null>(null);
  let error = $state.raw<AppError | null>(null);
  let latest = 0;
  let shown = 'local';
  return {
    get report() {
      return report;
    },
    get error() {
      return error;
    },
    reload: async (target = 'local') => {
      if (target !== shown) {
        shown = target;
        report = null;
        error = null;
      }
      latest += 1;
      const mine = latest;
      const answer = await client.call('history.list', targetAsk(target));
      if (mine !== latest) return;
      if (answer.ok) report = answer.value;
      error = answer.ok ? null : answer.error;
    },
  };
}
