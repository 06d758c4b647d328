import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { hashOf } from '../files/open-target.ts';
import { lookAtServer, type ServerSight } from '../targets/server-sight.ts';
import type { TargetContext } from './file-place.ts';
import { textOfList } from './remote-list.ts';
import { remoteError, type RemotePlace } from './remote-place.ts';
import { findRemoteLedger, type RemoteLedger } from './remote-journal.ts';
import type { TargetState } from './target-state.ts';

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
  const seen = await lookAtServer(server.value, target.context.clock, target.place.path);
  if (!seen.ok) return err(remoteError(remote, seen.error));
  await remote.noteAnswer(null);
  const ledger = findRemoteLedger(target, seen.value.entries);
  return ledger.ok ? stateOf(target, remote, { seen: seen.value, ...ledger.value }) : ledger;
}

function stateOf(
  { place }: TargetContext,
  remote: RemotePlace,
  { seen, found, unsettled }: RemoteLedger & { readonly seen: ServerSight },
): Result<TargetState, AppError> {
  const text = textOfList(seen.entries);
  if (!text.ok) return err(remoteError(remote, text.error));
  const bytes = Buffer.from(text.value);
  return ok({
    path: place.path,
    bytes,
    hash: hashOf(bytes),
    mode: PRIVATE_MODE,
    found,
    remote: { ...seen, unsettled },
  });
}
