import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { stateError } from '../files/file-failure.ts';
import { hashOf } from '../files/open-target.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { TargetContext } from './file-place.ts';
import { nextRecord, openHistory } from './history.ts';
import { formatLedger } from './ledger.ts';
import { readLedger } from './ledger-file.ts';

/**
 * Puts into the history what a killed process of ours was about to write, where somebody else has written the
 * file since: nothing of it is in the file, and nothing of it is lost.
 */
export async function keepInterrupted(
  { context, home, place }: TargetContext,
  bytes: Uint8Array,
): Promise<Result<void, AppError>> {
  const history = openHistory(place.history);
  const found = readLedger(place.ledger, home.fingerprint);
  const id = nextRecord(found, history);
  const hash = hashOf(bytes);
  const added = await history.add(
    {
      version: 1,
      id,
      time: new Date(context.clock.now()).toISOString(),
      kind: 'interrupted',
      path: place.path,
      undoes: null,
      operations: [],
      undo: [],
      hashBefore: hash,
      hashAfter: hash,
      ledgerBefore: formatLedger(found.ledger),
    },
    bytes,
  );
  if (!added.ok || found.state !== 'known') return added;
  const ledger = formatLedger({ ...found.ledger, lastRecord: id });
  const written = await replaceFile(place.ledger, ledger, { mode: 0o600 });
  return written.ok ? ok(undefined) : err(stateError(written.error));
}
