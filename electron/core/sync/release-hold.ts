import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { runChange } from './run-change.ts';
import type { SyncContext } from './sync-context.ts';

/**
 * Ends the hold that an undo put on a profile; the next sync brings it in line. The file is not touched.
 * Errors: `unknown-profile` where there is no such hold, and those of reading and writing.
 */
export async function releaseHold(
  context: SyncContext,
  profile: string,
  target?: string,
): Promise<Result<void, AppError>> {
  const released = await runChange(context, { target, dryRun: false, accepted: true }, (_opened, state) => {
    const { ledger } = state.found;
    const holds = ledger.holds.filter((hold) => hold.profile !== profile);
    if (holds.length === ledger.holds.length)
      return Promise.resolve(err({ code: 'unknown-profile', name: profile }));
    return Promise.resolve(
      ok({
        report: { how: 'memory', undoes: null, operations: [], held: [], changedSince: [], outside: [] },
        change: {
          newText: null,
          ledger: { ...ledger, holds },
          proof: null,
          kind: 'sync',
          undoes: null,
          operations: [],
          undo: [],
          held: [],
        },
      }),
    );
  });
  return released.ok ? ok(undefined) : released;
}
