import type { AppError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Dispatch } from './dispatch.ts';

/** Lets calls through until it is closed. */
export interface Gate {
  readonly dispatch: Dispatch;
  /** Turns further calls away, and resolves when the last one that went on is answered. */
  close(): Promise<void>;
}

export function createGate(dispatch: Dispatch): Gate {
  const running = new Set<Promise<Result<unknown, AppError>>>();
  let isClosed = false;
  return {
    dispatch: async (method, input) => {
      if (isClosed) return err({ code: 'service-gone' });
      const answer = dispatch(method, input);
      running.add(answer);
      try {
        return await answer;
      } finally {
        running.delete(answer);
      }
    },
    close: async () => {
      isClosed = true;
      await Promise.allSettled(running);
      // What was answered still has to be sent.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
