import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import { hashOf } from '../files/open-target.ts';
import type { RemoteReading, RemoteServer } from '../targets/remote-server.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { Clock } from '../support/clock.ts';
import { isDeaf, unknownFields } from './deaf-server.ts';
import type { TargetContext } from './file-place.ts';
import type { FoundLedger } from './ledger-file.ts';
import { textOfList } from './remote-list.ts';
import { remoteError, type RemotePlace } from './remote-place.ts';
import { findRemoteLedger } from './remote-journal.ts';
import type { RemoteSight, TargetState } from './target-state.ts';

/** A file that was just edited is loaded within these pauses, in milliseconds (0.2 to 0.9 s were measured). */
const RELOAD_PAUSES_MS = [400, 1000, 2000];
/** Nobody but the server's own user has the list; a file's permission bits for what is none. */
const PRIVATE_MODE = 0o600;

/**
 * The list of a remote server as it stands, with its facts. Errors: `remote-fault` (`deaf` where the server does not
 * know what its own file says), `state-unusable`.
 */
export async function viewRemote(
  target: TargetContext,
  remote: RemotePlace,
): Promise<Result<TargetState, AppError>> {
  const { server } = remote;
  if (!server.ok) return err(remoteError(remote, server.error));
  const seen = await sight(server.value, target.context.clock, target.place.path);
  await remote.noteAnswer(seen.ok ? null : seen.error);
  if (!seen.ok) return err(remoteError(remote, seen.error));
  const found = findRemoteLedger(target, seen.value);
  return found.ok ? stateOf(target, remote, { seen: seen.value, found: found.value }) : found;
}

function stateOf(
  { place }: TargetContext,
  remote: RemotePlace,
  { seen, found }: { readonly seen: RemoteSight; readonly found: FoundLedger },
): Result<TargetState, AppError> {
  const text = textOfList(seen.entries);
  if (!text.ok) return err(remoteError(remote, text.error));
  const bytes = Buffer.from(text.value);
  return ok({ path: place.path, bytes, hash: hashOf(bytes), mode: PRIVATE_MODE, found, remote: seen });
}

async function sight(
  server: RemoteServer,
  clock: Clock,
  url: string,
): Promise<Result<RemoteSight, RemoteFault>> {
  for (const pauseMs of [...RELOAD_PAUSES_MS, null]) {
    const reading = await server.read();
    if (!reading.ok) return reading;
    const seen = understand(reading.value, url);
    if (seen.ok || pauseMs === null) return seen;
    await clock.sleep(pauseMs);
  }
  throw new Error('The last pause is followed by an answer');
}

function understand(reading: RemoteReading, url: string): Result<RemoteSight, RemoteFault> {
  const { entries, configText: text, version } = reading;
  const config = readTargetText(url, Buffer.from(text), 'by-others');
  // A server ignores a file that it can't read, and goes on with what it had.
  if (!config.ok) return err({ code: 'deaf' });
  if (isDeaf({ file: config.value.entries, text, served: entries })) return err({ code: 'deaf' });
  const facts = { ...config.value.facts, host: new URL(url).hostname };
  return ok({ entries, facts, version, dropped: unknownFields({ text, served: entries }) });
}
