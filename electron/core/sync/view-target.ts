import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { hashOf, openTarget } from '../files/open-target.ts';
import type { WriteError } from '../files/in-place-write.ts';
import { inspectJournal } from '../files/inspect-journal.ts';
import type { TargetContext } from './file-place.ts';
import { readLedger, understandLedger } from './ledger-file.ts';
import { isReadable } from './is-readable.ts';
import { isHalfWritten, patiently } from './patience.ts';
import type { TargetState } from './target-state.ts';

/**
 * The target as it would be once what a killed process left is settled, without writing anything: what dry runs,
 * `status` and `doctor` plan on. Errors: those of opening the target, `journal-conflict`, `remote-fault`.
 */
export async function viewTarget(target: TargetContext): Promise<Result<TargetState, AppError>> {
  if (target.remote !== null) {
    const { viewRemote } = await import('./view-remote.ts');
    return viewRemote(target, target.remote);
  }
  const viewed = await patiently(target.context.clock, () => viewOnce(target));
  if (viewed.ok) return viewed;
  const { error } = viewed;
  return err(error.code === 'stale' ? { code: 'target-keeps-changing', path: target.place.path } : error);
}

async function viewOnce({ home, place }: TargetContext): Promise<Result<TargetState, WriteError>> {
  const journal = await inspectJournal({
    journal: place.shared.journal,
    target: place.realPath,
    parses: (bytes) => isReadable(place.path, bytes),
  });
  if (!journal.ok) return journal;
  if (journal.value.kind === 'conflict') {
    return err({ code: 'journal-conflict', path: place.path, journal: place.shared.journal });
  }
  const opened = await openTarget(place.path, 'read');
  if (!opened.ok) return opened;
  const { path, bytes, hash, mode } = opened.value;
  await opened.value.close();
  const settled = 'bytes' in journal.value ? journal.value.bytes : bytes;
  // A journal of another home that shares the target brings that home's ledger, not ours.
  const ledger =
    'ledger' in journal.value && journal.value.ledger.path === place.ledger ? journal.value.ledger : null;
  const found =
    ledger === null
      ? readLedger(place.ledger, home.fingerprint)
      : ok(understandLedger(ledger.text, home.fingerprint));
  if (!found.ok) return found;
  if (isHalfWritten(settled, found.value.ledger)) return err({ code: 'stale' });
  return ok({
    path,
    bytes: settled,
    hash: settled === bytes ? hash : hashOf(settled),
    mode,
    found: found.value,
  });
}
