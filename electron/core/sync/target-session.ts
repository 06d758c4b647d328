import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type WriteError, writeInPlace } from '../files/in-place-write.ts';
import { hashOf, type OpenTarget, openTarget } from '../files/open-target.ts';
import { settleJournal } from '../files/settle-journal.ts';
import { ensureFolder } from '../files/state-folder.ts';
import { removeLeftovers } from '../files/temporary-file.ts';
import type { TargetContext } from './file-place.ts';
import { isReadable } from './is-readable.ts';
import { isHalfWritten, patiently } from './patience.ts';
import { openHistory } from './history.ts';
import { keepInterrupted } from './interrupted.ts';
import { formatLedger, type Ledger } from './ledger.ts';
import { type FoundLedger, readLedger } from './ledger-file.ts';
import { recordOf, type TargetSession } from './target-change.ts';
import { underTargetLock } from './target-lock.ts';

/**
 * Lets `use` work on a target under its lock, once what a killed process left is settled; again from the start where
 * others changed it meanwhile. Errors: those of `use`, of opening the target and of settling, `locked`,
 * `state-unusable`, `target-keeps-changing`, `remote-fault`.
 */
export async function withTargetSession<T>(
  request: TargetContext,
  use: (session: TargetSession) => Promise<Result<T, WriteError>>,
): Promise<Result<T, AppError>> {
  const { context, place } = request;
  const made = await ensureFolder(place.folder);
  if (!made.ok) return made;
  return underTargetLock(request, async () => {
    if (request.remote !== null) {
      const { useRemote } = await import('./remote-session.ts');
      return useRemote(request, request.remote, use);
    }
    const result = await patiently(context.clock, () => attemptOnce(request, use));
    if (result.ok) return result;
    return err(
      result.error.code === 'stale' ? { code: 'target-keeps-changing', path: place.path } : result.error,
    );
  });
}

async function attemptOnce<T>(
  request: TargetContext,
  use: (session: TargetSession) => Promise<Result<T, WriteError>>,
): Promise<Result<T, WriteError>> {
  const { context, home, place } = request;
  const settled = await settleJournal({
    journal: place.shared.journal,
    target: place.realPath,
    parses: (bytes) => isReadable(place.path, bytes),
    ledgerFolder: place.folder,
    nowMs: context.clock.now(),
    keep: (bytes) => keepInterrupted(request, bytes),
  });
  if (!settled.ok) return settled;
  // A record that was being written when we were killed: it would keep old keys for ever.
  await removeLeftovers(place.history, context.clock.now());
  const opened = await openTarget(place.path, 'write');
  if (!opened.ok) return opened;
  try {
    const found = readLedger(place.ledger, home.fingerprint);
    if (!found.ok) return found;
    if (isHalfWritten(opened.value.bytes, found.value.ledger)) return err({ code: 'stale' });
    return await use(openSession(request, opened.value, found.value));
  } finally {
    await opened.value.close();
  }
}

function openSession(request: TargetContext, target: OpenTarget, found: FoundLedger): TargetSession {
  const { context, place } = request;
  const { path, bytes, hash, mode } = target;
  const history = openHistory(place.history);
  return {
    state: { path, bytes, hash, mode, found },
    history,
    commit: async (change) => {
      const newBytes = bytesOf(change.newText) ?? bytes;
      const hashAfter = hashOf(newBytes);
      const before = history.next(found) - 1;
      const record = change.newText === null ? null : before + 1;
      if (record !== null) {
        const about = { id: record, nowMs: context.clock.now(), path, hashBefore: hash, hashAfter };
        const added = await history.add(recordOf(change, { ...about, ledger: found.ledger }), bytes);
        if (!added.ok) return added;
      }
      const ledger: Ledger = {
        ...change.ledger,
        // Where the ledger was lost, the records that are there still count.
        lastRecord: record ?? before,
        written: change.proof === null ? null : { fileHash: hashAfter, ...change.proof },
      };
      const written = await writeInPlace({
        target,
        newBytes,
        journal: place.shared.journal,
        ledger: { path: place.ledger, text: formatLedger(ledger) },
      });
      if (!written.ok) return written;
      await history.confirm(ledger.lastRecord);
      return ok({ record });
    },
  };
}

function bytesOf(text: string | Uint8Array | null): Uint8Array | null {
  return typeof text === 'string' ? Buffer.from(text) : text;
}
