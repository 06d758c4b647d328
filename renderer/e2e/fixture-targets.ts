import type { MethodOutput } from '../../shared/contract.ts';
import type { RemoteFault, TargetTest } from '../../shared/schema/remote.ts';
import type { AppState } from '../../shared/schema/state.ts';

/** What Settings is told of the servers of a state, with what CCS's settings name where nothing is set up yet. */
export function configuredOf({ targets }: AppState): MethodOutput<'targets.configured'> {
  const remotes = targets.flatMap(({ id, name, path, remote }) =>
    remote === null
      ? []
      : [
          {
            ...{ id, name, url: path, mode: remote.mode, paused: remote.paused },
            profiles: chosenOf(remote.profiles),
            certificate: null,
            plainHttp: false,
            keySource: 'file' as const,
            hasKey: true,
            wasSynced: true,
          },
        ],
  );
  const suggestion = { url: 'https://proxy.example.test:443', hasKey: true };
  const url = 'http://127.0.0.1:8317';
  const local = { url, known: 'none' as const, keptFor: null };
  return { local, remotes, suggestion: remotes.length === 0 ? suggestion : null, keyring: true };
}

/** What a look at a server finds; null: it works. */
export function testOf(fault: RemoteFault | null): TargetTest {
  const seen = fault === null ? { version: '7.2.99', entries: 4 } : { version: null, entries: null };
  return { fault, ...seen, asked: fault === null ? 2 : 0 };
}

function chosenOf(
  standings: readonly { readonly name: string; readonly reason: { readonly code: string } | null }[],
): readonly string[] | null {
  const chosen = standings.filter(({ reason }) => reason?.code !== 'not-chosen');
  return chosen.length === standings.length ? null : chosen.map(({ name }) => name);
}
