import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AppState } from '../../../shared/schema/state.ts';
import { type EngineHome, engineHome, must } from '../../testing/engine-home.ts';
import { liveHome, localTarget, QUIET_CONFIG, stateWhere } from '../../testing/live-home.ts';
import { rounds } from '../../testing/nightly.ts';
import {
  needsNetwork,
  type Reach,
  type RemoteProxy,
  startRemoteProxy,
} from '../../testing/remote-proxies.ts';
import { needsProxy } from '../../testing/requirements.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { startUpstream } from '../../testing/upstream.ts';
import type { LiveCore } from '../live-core.ts';

const program = needsProxy();
const hasNetwork = needsNetwork();

const CLIENT_KEY = 'sk-test-client-of-all';
const OWN_KEY = 'sk-test-canary-own';
const OWN_SECTION = `claude-api-key:
  - api-key: ${OWN_KEY}
    prefix: own-
    base-url: https://own.test/api
    priority: 1
    headers: {X-Team: blue}
    excluded-models: [claude-3-*]
    cloak: {mode: auto, strict-mode: true, sensitive-words: [secret]}
    models: [{name: own-model, alias: mine}]
  - api-key: sk-test-canary-other
    base-url: https://other.test/api
    models: [{name: other-model, alias: ""}]
`;

describe.skipIf(program === undefined || !hasNetwork)('three real servers and the local file', () => {
  it('hold what the profiles ask for in the end, and every foreign entry as its last editor left it', async () => {
    const upstream = await startUpstream();
    const home = engineHome({ config: QUIET_CONFIG });
    const profiles = new Map<string, string>();
    const save = (name: string, token: string): void => {
      profiles.set(name, token);
      home.profile(name, {
        ANTHROPIC_BASE_URL: upstream.url,
        ANTHROPIC_AUTH_TOKEN: token,
        ANTHROPIC_MODEL: `${name}-model`,
      });
    };
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) save(name, `sk-test-canary-${name}-0`);

    const servers = await startServers(program ?? '');
    const [mixed] = servers;
    const live = liveHome(home);
    for (const { id, proxy } of servers) await setUp(live, id, proxy);
    await stateWhere(live, (state) => stateOf(state, mixed.id) === 'review');
    const asked = must(await live.sync({ ...SYNC, target: mixed.id }));
    expect(asked.plan.consent).toEqual([{ code: 'first-sync', entries: 2 }]);
    must(await live.sync({ ...SYNC, target: mixed.id, accepted: true }));
    const others = (await mixed.proxy.entries()).filter(isForeign);

    const other = otherClient(mixed.proxy);
    const random = seededRandom(20_261_122);
    const outages = keepFailing(servers, random);
    for (let edit = 1; edit <= rounds(20, 100); edit += 1) {
      editOnce({ home, profiles, save }, edit, random);
      await sleep(50 + 350 * random());
    }
    await outages.end();
    const last = await other.end();
    live.hint();

    const wanted = [...profiles].map(([name, token]) => `${name}- ${token} ${name}-model`).sort();
    for (const { id, proxy } of servers) {
      await expect.poll(() => oursOn(proxy), { message: id }).toEqual(wanted);
      for (const [name, token] of profiles) {
        // The list runs ahead of the routing by up to a second.
        const ask = (): Promise<number> => proxy.ask(`${name}-/${name}-model`);
        await expect.poll(ask, { message: `${id} ${name}` }).toBe(200);
        const reached = { authorization: `Bearer ${token}`, model: `${name}-model` };
        expect(upstream.requests.at(-1)).toMatchObject(reached);
      }
    }
    await stateWhere(live, isInLine(servers.map(({ id }) => id)));
    const foreign = (await mixed.proxy.entries()).filter(isForeign);
    expect(foreign).toEqual(
      others.map((entry) => (entry['api-key'] === OWN_KEY ? { ...entry, ...last } : entry)),
    );
    for (const [name, token] of profiles) expect(home.readConfig(), name).toContain(token);
    expect(JSON.stringify(live.state())).not.toContain('canary');
  });
});

const SYNC = {
  only: null,
  accepted: false,
  dryRun: false,
  create: false,
  targetNamed: false,
  verify: true,
};

interface Server {
  readonly id: string;
  readonly proxy: RemoteProxy;
}

type Entry = Awaited<ReturnType<RemoteProxy['entries']>>[number];

async function startServers(path: string): Promise<readonly [Server, Server, Server]> {
  const start = async (id: string, reach: Reach, section: string): Promise<Server> => {
    const folder = tempFolder(`server-${id}-`);
    const key = `sk-test-canary-management-${id}`;
    return {
      id,
      proxy: await startRemoteProxy({ program: path, folder, reach, key, clientKey: CLIENT_KEY, section }),
    };
  };
  return [
    await start('mixed', 'loopback', OWN_SECTION),
    await start('sealed', 'tls', ''),
    await start('away', 'network', ''),
  ];
}

async function setUp(live: LiveCore, name: string, { url, fingerprint }: RemoteProxy): Promise<void> {
  const key = { kind: 'typed', key: `sk-test-canary-management-${name}` } as const;
  const rest = { keySource: 'file', profiles: null, mode: 'auto' } as const;
  must(
    await live.addTarget({ name, url, key, ...rest, certificate: fingerprint, plainHttp: name === 'away' }),
  );
}

function stateOf({ targets }: AppState, id: string): string | undefined {
  return targets.find((target) => target.id === id)?.state;
}

function isInLine(ids: readonly string[]): (state: AppState) => boolean {
  return (state) =>
    localTarget(state).state === 'in-sync' &&
    ids.every((id) => {
      const target = state.targets.find((one) => one.id === id);
      return target?.state === 'in-sync' && target.remote?.waiting === 0 && !target.remote.busy;
    });
}

interface Edited {
  readonly home: EngineHome;
  readonly profiles: Map<string, string>;
  readonly save: (name: string, token: string) => void;
}

/** Rotates mostly, sometimes adds or removes one, never so many that a person would be asked. */
function editOnce({ home, profiles, save }: Edited, edit: number, random: () => number): void {
  const names = [...profiles.keys()];
  const kind = random();
  if (kind < 0.15) {
    save(`new${edit}`, `sk-test-canary-new${edit}`);
    return;
  }
  const name = names[Math.floor(random() * names.length)] ?? 'a';
  if (kind < 0.25 && names.length > 5) {
    profiles.delete(name);
    rmSync(join(home.ccsDirectory, `${name}.settings.json`));
    return;
  }
  save(name, `sk-test-canary-${name}-${edit}`);
}

/** Stops and starts the servers at random moments; all run in the end. */
function keepFailing(servers: readonly Server[], random: () => number): { end(): Promise<void> } {
  let isOver = false;
  const run = (async () => {
    while (!isOver) {
      await sleep(200 + 800 * random());
      const { proxy } = servers[Math.floor(random() * servers.length)] ?? servers[0] ?? {};
      if (proxy === undefined) continue;
      await proxy.stop();
      await sleep(300 + 1500 * random());
      await proxy.start();
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await run;
    },
  };
}

/** Edits its own entry again and again while the server runs, and tells what it left there. */
function otherClient(proxy: RemoteProxy): { end(): Promise<Entry> } {
  let left: Entry = {};
  const ending = new AbortController();
  const run = (async () => {
    for (let count = 2; !ending.signal.aborted; count += 1) {
      // What PATCH takes; it leaves the priority as it is.
      const value = { headers: { 'X-Team': `blue-${count}` }, 'excluded-models': [`claude-${count}-*`] };
      const isDone =
        proxy.isRunning &&
        (await proxy.patch(OWN_KEY, value).then(
          () => true,
          () => false,
        ));
      if (isDone) left = value;
      await sleep(isDone ? 120 : 300);
    }
  })();
  return {
    end: async () => {
      ending.abort();
      await run;
      return left;
    },
  };
}

function isForeign(entry: Entry): boolean {
  return entry['api-key'] === OWN_KEY || entry['api-key'] === 'sk-test-canary-other';
}

/** Prefix, key and first model of each entry that is ours. */
async function oursOn(proxy: RemoteProxy): Promise<readonly string[]> {
  const ours = (await proxy.entries()).filter((entry) => !isForeign(entry));
  return ours
    .map(({ prefix, 'api-key': key, models }) => [prefix, key, firstName(models)].map(String).join(' '))
    .sort();
}

function firstName(models: unknown): unknown {
  return Array.isArray(models) ? (models as readonly Entry[])[0]?.['name'] : undefined;
}

/** Mulberry32: the same numbers in each run. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
