import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { stateError } from '../files/file-failure.ts';
import { hashOf } from '../files/open-target.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { TargetContext } from './file-place.ts';
import { openHistory } from './history.ts';
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
  const read = readLedger(place.ledger, home.fingerprint);
  if (!read.ok) return read;
  const found = read.value;
  const id = history.next(found);
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
      held: [],
      hashBefore: hash,
      hashAfter: hash,
      ledgerBefore: formatLedger(found.ledger),
    },
    bytes,
  );
  if (!added.ok) return added;
  if (found.state === 'known') {
    const ledger = formatLedger({ ...found.ledger, lastRecord: id });
    const written = await replaceFile(place.ledger, ledger, { mode: 0o600 });
    if (!written.ok) return err(stateError(written.error));
  }
  await history.confirm(id);
  return ok(undefined);
}
