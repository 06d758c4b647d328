import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { WriteError } from '../files/in-place-write.ts';
import { hashOf } from '../files/open-target.ts';
import { replaceFile } from '../files/replace-file.ts';
import { stateError } from '../files/file-failure.ts';
import { removeLeftovers } from '../files/temporary-file.ts';
import type { RemoteServer } from '../targets/remote-server.ts';
import { droppedFields } from './dropped-fields.ts';
import type { TargetContext } from './file-place.ts';
import { openHistory } from './history.ts';
import { isAsSent } from './is-as-sent.ts';
import { formatLedger, type Ledger } from './ledger.ts';
import { listOfText, textOfList } from './remote-list.ts';
import { dropRemoteJournal, settleRemoteJournal, writeRemoteJournal } from './remote-journal.ts';
import { remoteError, type RemotePlace } from './remote-place.ts';
import type { RemoteSight, TargetState } from './target-state.ts';
import { recordOf, type TargetChange, type TargetSession } from './target-change.ts';
import { viewRemote } from './view-remote.ts';
import { awaitPace, notePace } from './write-pace.ts';

/** How often a plan is made anew because somebody else wrote between our reading and our writing. */
const ATTEMPTS = 3;

/**
 * Lets `use` work on a remote server's list, whose lock is held; again from the start where others changed it
 * meanwhile. Errors: those of `use`, `remote-fault` (`keeps-changing` after three attempts), `state-unusable`.
 */
export async function useRemote<T>(
  target: TargetContext,
  remote: RemotePlace,
  use: (session: TargetSession) => Promise<Result<T, WriteError>>,
): Promise<Result<T, AppError>> {
  const { server } = remote;
  if (!server.ok) return err(remoteError(remote, server.error));
  await removeLeftovers(target.place.history, target.context.clock.now());
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const state = await viewRemote(target, remote);
    if (!state.ok) return state;
    const settled = await settleRemoteJournal(target, state.value);
    if (!settled.ok) return settled;
    const history = openHistory(target.place.history);
    const opened: Opened = { target, remote, server: server.value, state: state.value };
    const done = await use({ state: state.value, history, commit: (change) => commit(opened, change) });
    if (done.ok) return done;
    if (done.error.code !== 'stale') return err(done.error);
  }
  return err(remoteError(remote, { code: 'keeps-changing' }));
}

interface Opened {
  readonly target: TargetContext;
  readonly remote: RemotePlace;
  readonly server: RemoteServer;
  readonly state: TargetState;
}

/** The order of decision 4, without a file: history, journal, the write, what it came to, ledger. */
async function commit(
  opened: Opened,
  change: TargetChange,
): Promise<Result<{ readonly record: number | null }, WriteError>> {
  const { target, remote, server, state } = opened;
  const history = openHistory(target.place.history);
  const lastBefore = history.next(state.found) - 1;
  const { newText } = change;
  if (newText === null) {
    // It was settled: what is left of it is a write that did not happen, and must not bring its ledger back.
    await dropRemoteJournal(target);
    return remember(target, { ...change.ledger, lastRecord: lastBefore, written: null }, null);
  }

  const fault = (error: Parameters<typeof remoteError>[1]): Result<never, AppError> =>
    err(remoteError(remote, error));
  const before = sightOf(state).entries;
  const sent = listOfText(textOf(newText));
  const record = lastBefore + 1;
  const { path, hash: hashBefore } = state;
  const nowMs = target.context.clock.now();
  const about = { id: record, nowMs, path, hashBefore, ledger: state.found.ledger };
  const hashSent = hashOf(Buffer.from(textOf(newText)));
  const added = await history.add(recordOf(change, { ...about, hashAfter: hashSent }), state.bytes);
  if (!added.ok) return added;
  const next = { ...change.ledger, lastRecord: record, written: null };
  const noted = await writeRemoteJournal(target, { ledger: next, entries: sent.length });
  if (!noted.ok) return noted;

  await awaitPace(target);
  const written = await server.write({ before, after: sent });
  await notePace(target);
  if (!written.ok) {
    if (written.error.code !== 'keeps-changing') return fault(written.error);
    await dropRemoteJournal(target);
    return err({ code: 'stale' });
  }
  // The server's own form of what was sent: it trims, and adds fields.
  const after = await server.list();
  if (!after.ok) return fault(after.error);
  const text = textOfList(after.value.entries);
  if (!text.ok) return fault(text.error);
  const list = { before, sent, kept: after.value.entries };
  const isOurs = isAsSent(list);
  const hashAfter = hashOf(Buffer.from(text.value));
  if (isOurs && hashAfter !== hashSent) {
    const mended = await history.add(recordOf(change, { ...about, hashAfter }), state.bytes);
    if (!mended.ok) return mended;
  }
  const proof = isOurs && change.proof !== null ? { fileHash: hashAfter, ...change.proof } : null;
  const kept = await remember(target, { ...next, written: proof }, record);
  if (!kept.ok) return kept;
  await history.confirm(record);
  await dropRemoteJournal(target);
  const lost = droppedFields(list);
  return lost.length === 0 ? kept : fault({ code: 'drops-fields', fields: lost });
}

async function remember(
  { place }: TargetContext,
  ledger: Ledger,
  record: number | null,
): Promise<Result<{ readonly record: number | null }, AppError>> {
  const replaced = await replaceFile(place.ledger, formatLedger(ledger), { mode: 0o600 });
  return replaced.ok ? ok({ record }) : err(stateError(replaced.error));
}

function sightOf({ remote }: TargetState): RemoteSight {
  if (remote === undefined) throw new Error('A remote session on what is no remote');
  return remote;
}

function textOf(text: string | Uint8Array): string {
  return typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
}
