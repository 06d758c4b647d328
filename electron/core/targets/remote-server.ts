import * as z from 'zod/mini';
import { assertNever, err, ok, type Result } from '../../../shared/result.ts';
import { isPlainHttpElsewhere } from '../../../shared/rules/remote-url.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import type { Clock } from '../support/clock.ts';
import { createTurns } from '../support/turns.ts';
import { allRouted } from './compare-entries.ts';
import { isHeaderValue } from './http-call.ts';
import { type JsonEntry, listChange, sameList } from './list-change.ts';
import { parseJson, versionOf } from './management-answer.ts';
import { type Ask, remoteCalls, type RemoteConnection, type RemoteLimits } from './remote-calls.ts';

export type { JsonEntry } from './list-change.ts';
export type { RemoteConnection } from './remote-calls.ts';

export interface RemoteList {
  readonly entries: readonly JsonEntry[];
  /** Requests can be routed to all entries that have a key, or the server is one that never says so. */
  readonly routed: boolean;
  /** `X-CPA-VERSION`, where it was sent. */
  readonly version: string | null;
}

export interface RemoteReading extends RemoteList {
  /** The answer to `GET /config.yaml`: the file's bytes as text. */
  readonly configText: string;
}

/** A remote CLIProxyAPI server. Calls go out one after another, so that a refused key is sent once. */
export interface RemoteServer {
  /** The list, then the file. */
  read(): Promise<Result<RemoteReading, RemoteFault>>;
  list(): Promise<Result<RemoteList, RemoteFault>>;
  /**
   * Makes `after` of `before`, by the call that touches the least. To be read again afterwards: the server has its own
   * form of what it keeps. Writes must be kept apart (`sync/write-pace.ts`). Error `keeps-changing`: others had written
   * since `before` was read, and nothing was changed.
   */
  write(change: ListWrite): Promise<Result<void, RemoteFault>>;
  /** The definitions of a channel as they come. `rejected` (400): the server does not know the channel. */
  modelDefinitions(channel: string): Promise<Result<readonly unknown[], RemoteFault>>;
  /** Requests so far that carried the key. */
  readonly asked: number;
}

export interface ListWrite {
  readonly before: readonly JsonEntry[];
  readonly after: readonly JsonEntry[];
}

const LIST = '/claude-api-key';
const CHANGED: RemoteFault = { code: 'keeps-changing' };

const listSchema = z.object({ 'claude-api-key': z.nullable(z.array(z.record(z.string(), z.unknown()))) });
const definitionsSchema = z.object({ models: z.nullable(z.array(z.unknown())) });

/**
 * Opens nothing yet. After `wrong-key`, `forbidden` and `banned` (until it ends) nothing more is sent: the same fault
 * comes again. A key that no header can carry is a `wrong-key`, plain HTTP elsewhere without consent `plain-http`;
 * nothing is sent then either. `limits`: other ones than the usual, for tests.
 */
export function connectRemote(
  connection: RemoteConnection,
  clock: Clock,
  limits: Partial<RemoteLimits> = {},
): RemoteServer {
  const calls = remoteCalls({ connection, clock, limits, blocked: faultBefore(connection) });
  const { ask } = calls;
  const turns = createTurns();
  return {
    read: () => turns.take(() => readBoth(ask)),
    list: () => turns.take(() => readList(ask)),
    write: (change) => turns.take(() => writeList(ask, change)),
    modelDefinitions: (channel) => turns.take(() => readDefinitions(ask, channel)),
    get asked() {
      return calls.asked();
    },
  };
}

function faultBefore({ url, key, plainHttp }: RemoteConnection): RemoteFault | null {
  if (isPlainHttpElsewhere(url) && !plainHttp) return { code: 'plain-http' };
  return isHeaderValue(key) ? null : { code: 'wrong-key' };
}

async function readBoth(ask: Ask): Promise<Result<RemoteReading, RemoteFault>> {
  const list = await readList(ask);
  if (!list.ok) return list;
  const file = await ask({ method: 'GET', path: '/config.yaml' });
  return file.ok ? ok({ ...list.value, configText: file.value.body.toString('utf8') }) : file;
}

async function readList(ask: Ask): Promise<Result<RemoteList, RemoteFault>> {
  const answer = await ask({ method: 'GET', path: LIST });
  if (!answer.ok) return answer;
  const list = listSchema.safeParse(parseJson(answer.value.body));
  if (!list.success) return err({ code: 'bad-answer', reason: 'not-a-list' });
  const served = list.data['claude-api-key'] ?? [];
  const routed = allRouted(
    served.map((entry) => ({
      apiKey: typeof entry['api-key'] === 'string' ? entry['api-key'] : '',
      routed: (entry['auth-index'] ?? '') !== '',
    })),
  );
  return ok({ entries: served.map(withoutIndex), routed, version: versionOf(answer.value) });
}

function withoutIndex({ 'auth-index': _index, ...entry }: JsonEntry): JsonEntry {
  return entry;
}

async function writeList(ask: Ask, { before, after }: ListWrite): Promise<Result<void, RemoteFault>> {
  const change = listChange(before, after);
  switch (change.kind) {
    case 'none':
      return ok(undefined);
    case 'update': {
      const body = JSON.stringify({ match: change.key, value: change.value });
      return sent(await ask({ method: 'PATCH', path: LIST, body, changed: { 404: /item not found/ } }));
    }
    case 'remove': {
      const path = `${LIST}?api-key=${encodeURIComponent(change.key)}`;
      return sent(await ask({ method: 'DELETE', path, changed: { 400: /multiple items match/ } }));
    }
    case 'replace':
      return replaceList(ask, { before, after });
    default:
      return assertNever(change);
  }
}

/**
 * Sends the whole list. What others write between our reading and this would be lost, so the list is read once more at
 * the last moment: when the server has checked the key (65 ms of bcrypt) and waits for the body.
 */
async function replaceList(ask: Ask, { before, after }: ListWrite): Promise<Result<void, RemoteFault>> {
  const withheld: RemoteFault[] = [];
  const answer = await ask({
    method: 'PUT',
    path: LIST,
    body: JSON.stringify(after.map(withoutIndex)),
    beforeBody: async () => {
      const now = await readList(ask);
      if (!now.ok) withheld.push(now.error);
      else if (!sameList(now.value.entries, before)) withheld.push(CHANGED);
      return withheld.length === 0;
    },
  });
  const [why] = withheld;
  return why === undefined ? sent(answer) : err(why);
}

function sent(answer: Result<unknown, RemoteFault>): Result<void, RemoteFault> {
  return answer.ok ? ok(undefined) : answer;
}

async function readDefinitions(ask: Ask, channel: string): Promise<Result<readonly unknown[], RemoteFault>> {
  const answer = await ask({ method: 'GET', path: `/model-definitions/${encodeURIComponent(channel)}` });
  if (!answer.ok) return answer;
  const list = definitionsSchema.safeParse(parseJson(answer.value.body));
  return list.success ? ok(list.data.models ?? []) : err({ code: 'bad-answer', reason: 'not-a-list' });
}
