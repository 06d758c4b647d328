import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { targetAsk } from '../targets/target-name.ts';

/** What a sync of one target would do now. */
export interface Preview {
  /** Null while it is looked at for the first time; afterwards the last answer stands until the next is there. */
  readonly answer: Result<SyncReport, AppError> | null;
  /** Whether a newer state came since: what is shown may be out of date, and nobody may agree to it. */
  readonly isStale: boolean;
  /** Looks again; of several answers only the latest counts. */
  read(target: string): Promise<void>;
  /** Forgets what was seen. */
  clear(): void;
}

export function createPreview(client: Client): Preview {
  let answer = $state.raw<Result<SyncReport, AppError> | null>(null);
  let isStale = $state(false);
  let latest = 0;
  return {
    get answer() {
      return answer;
    },
    get isStale() {
      return isStale;
    },
    read: async (target) => {
      latest += 1;
      const number = latest;
      isStale = true;
      const next = await client.call('sync.preview', targetAsk(target));
      if (number !== latest) return;
      answer = next;
      isStale = false;
    },
    clear: () => {
      latest += 1;
      answer = null;
      isStale = false;
    },
  };
}
