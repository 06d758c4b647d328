import type { ProxyObservation } from '../../../shared/schema/observation.ts';
import { matchOwned } from '../plan/match-owned.ts';
import type { OwnedEntry } from '../plan/owned-entry.ts';
import type { RemoteList, RemoteServer } from '../targets/remote-server.ts';
import { readTargetText } from '../targets/target-text.ts';
import type { TargetContext } from './file-place.ts';
import type { Home } from './home.ts';
import { textOfList } from './remote-list.ts';
import type { RemotePlace } from './remote-place.ts';

/** Requests are routed to a new entry up to a second after the list shows it (measured with 3,000 entries). */
const PAUSES_MS = [100, 300, 800, 1500];
const MOST_NAMES = 20;

/**
 * Looks whether a remote server has our entries after a write; its API answers from what it serves. Null where it
 * can't be reached any more: the next look tells of that.
 */
export async function observeRemote(
  { server }: RemotePlace,
  { home: { fingerprint }, context: { clock } }: Pick<TargetContext, 'home' | 'context'>,
  owned: readonly OwnedEntry[],
): Promise<ProxyObservation | null> {
  if (!server.ok) return null;
  for (const pauseMs of PAUSES_MS) {
    const seen = await lookOnce(server.value, fingerprint, owned);
    if (seen === null || (seen.list.routed && seen.missing.length === 0) || pauseMs === PAUSES_MS.at(-1))
      return seen === null ? null : observationOf(seen.list, seen.missing);
    await clock.sleep(pauseMs);
  }
  return null;
}

/** The observation of a list that was just read, to whose entries ours belong. */
export function observationOf(
  { version }: Pick<RemoteList, 'version'>,
  missing: readonly string[],
): ProxyObservation {
  const witnesses = { version, management: 'answered', watching: null, pid: null } as const;
  if (missing.length === 0) return { state: 'loaded', by: 'management-api', ...witnesses };
  return {
    state: 'not-loaded',
    why: 'differs',
    missing: missing.slice(0, MOST_NAMES),
    missingCount: missing.length,
    ghosts: [],
    ghostCount: 0,
    ...witnesses,
  };
}

async function lookOnce(
  server: RemoteServer,
  fingerprint: Home['fingerprint'],
  owned: readonly OwnedEntry[],
): Promise<{ readonly list: RemoteList; readonly missing: readonly string[] } | null> {
  const list = await server.list();
  if (!list.ok) return null;
  const text = textOfList(list.value.entries);
  const content = text.ok ? readTargetText('', Buffer.from(text.value), 'by-us') : text;
  if (!content.ok) return null;
  const matches = matchOwned(owned, content.value.entries, fingerprint);
  const missing = owned.filter((line) => !matches.has(line)).map(({ prefix }) => `${prefix}/`);
  return { list: list.value, missing };
}
