import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as realTime } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fakeClock, type FakeClock } from '../../testing/fake-clock.ts';
import {
  type CcsEntry,
  engineHome,
  type EngineHome,
  envOf,
  must,
  rewriteAsCcs,
} from '../../testing/engine-home.ts';
import { hintSource } from '../../testing/hint-source.ts';
import { liveHome, localTarget, QUIET_CONFIG } from '../../testing/live-home.ts';
import { rounds } from '../../testing/nightly.ts';
import type { LiveCore } from '../live-core.ts';

const HOUR_MS = 3_600_000;
const NAMES = ['albb', 'glm', 'hf', 'km', 'or'];
const BROKEN = '\nbroken: [\n';
const HEAD = `# The user's own.\n${QUIET_CONFIG}debug: false   # keep this\n`;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Simulation {
  readonly home: EngineHome;
  readonly live: LiveCore;
  readonly clock: FakeClock;
  readonly hint: (path: string | null) => void;
  readonly seed: number;
  readonly random: () => number;
  /** What each profile asks for, by name. */
  readonly profiles: Map<string, Record<string, unknown>>;
}

/** Lets time pass, and real files be read and written meanwhile, until something holds. */
async function passUntil(simulation: Simulation, holds: () => boolean | Promise<boolean>): Promise<void> {
  const { clock, live, seed } = simulation;
  for (let step = 0; step < 2000; step += 1) {
    if (await holds()) return;
    await clock.advance(1000);
    await realTime(2);
  }
  throw new Error(
    `It never came to that with SEED=${seed}: ${JSON.stringify([live.state(), wantedAndHeld(simulation)], null, 1)}`,
  );
}

function pick<T>({ random }: Simulation, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('Nothing to pick from');
  return one;
}

function save(simulation: Simulation, name: string): string {
  const { home, profiles, random } = simulation;
  const env = envOf(name, { ANTHROPIC_MODEL: `${name}-${Math.floor(random() * 1000)}` });
  profiles.set(name, env);
  return home.profile(name, env);
}

function entriesOf(text: string): readonly (CcsEntry & { readonly prefix: unknown })[] {
  const config = parse(text) as { readonly 'claude-api-key'?: readonly Record<string, unknown>[] | null };
  return (config['claude-api-key'] ?? []).map((entry) => {
    const models = entry['models'] as readonly { readonly name: string }[];
    const texts = { key: String(entry['api-key']), baseUrl: String(entry['base-url']) };
    return { prefix: entry['prefix'], ...texts, models: models.map(({ name }) => name) };
  });
}

/** Each does one thing to the world and says where. */
const EVENTS: Readonly<Record<string, (simulation: Simulation) => string | Promise<string>>> = {
  save: (simulation) => save(simulation, pick(simulation, NAMES)),
  remove: (simulation) => {
    const name = pick(simulation, NAMES);
    const path = join(simulation.home.ccsDirectory, `${name}.settings.json`);
    simulation.profiles.delete(name);
    rmSync(path, { force: true });
    return path;
  },
  halfWritten: ({ home, profiles }) => {
    const [name = 'glm'] = profiles.keys();
    return home.profile(name, {}) && home.write(`${name}.settings.json`, '{ "env": {');
  },
  /** An entry without its prefix whose URL is changed, too, can't be told from the user's own. */
  drift: ({ home }) => {
    const text = existsSync(home.configPath) ? home.readConfig() : BROKEN;
    const isPlain =
      !text.includes(BROKEN) && entriesOf(text).every(({ prefix }) => typeof prefix === 'string');
    if (isPlain) home.writeConfig(text.replace(/https:\/\/(\w+)\.test/, 'https://x.test'));
    return home.configPath;
  },
  sectionGone: ({ home }) => {
    if (existsSync(home.configPath)) home.writeConfig(HEAD);
    return home.configPath;
  },
  /** Of entries that CCS wrote for a save which we never saw, nobody can tell that they are not the user's. */
  ccsRewrites: ({ home }) => {
    const text = existsSync(home.configPath) ? home.readConfig() : BROKEN;
    const isWhole = !text.includes(BROKEN) && !text.includes('//x.test');
    if (isWhole) rewriteAsCcs(home.configPath, entriesOf(text));
    return home.configPath;
  },
  invalid: ({ home }) => {
    if (existsSync(home.configPath)) home.writeConfig(`${home.readConfig()}${BROKEN}`);
    return home.configPath;
  },
  vanish: ({ home }) => {
    if (existsSync(home.ccsDirectory)) renameSync(home.ccsDirectory, `${home.ccsDirectory}-away`);
    return home.ccsDirectory;
  },
  autoSyncOff: ({ home }) => home.write('config.yaml', 'cliproxy:\n  auto_sync: false\n'),
  autoSyncUnreadable: ({ home }) => home.write('config.yaml', 'cliproxy: [\n'),
  pause: async ({ home, live, clock }) => {
    must(await live.setPause(clock.now() + 600_000));
    return home.ccsDirectory;
  },
  machineSleeps: async ({ home, clock }) => {
    await clock.leap(HOUR_MS / 6);
    return home.ccsDirectory;
  },
};

/** Takes the faults away; what was edited stays edited. */
function heal({ home, profiles }: Simulation): void {
  const away = `${home.ccsDirectory}-away`;
  if (existsSync(away)) {
    rmSync(home.ccsDirectory, { recursive: true, force: true });
    renameSync(away, home.ccsDirectory);
  }
  for (const name of NAMES) {
    const env = profiles.get(name);
    if (env === undefined) rmSync(join(home.ccsDirectory, `${name}.settings.json`), { force: true });
    else home.profile(name, env);
  }
  home.write('config.yaml', 'cliproxy:\n  auto_sync: true\n');
  writeFileSync(home.configPath, readFileSync(home.configPath, 'utf8').replaceAll(BROKEN, ''));
}

/** What the section has to hold, and what it holds, in no order. */
function wantedAndHeld({ home, profiles }: Simulation): {
  readonly wanted: string[];
  readonly held: string[];
} {
  const wanted = [...profiles].map(([name, env]) =>
    JSON.stringify([
      `${name}-`,
      env['ANTHROPIC_AUTH_TOKEN'],
      env['ANTHROPIC_BASE_URL'],
      env['ANTHROPIC_MODEL'],
    ]),
  );
  const held = entriesOf(home.readConfig()).map(({ prefix, key, baseUrl, models }) =>
    JSON.stringify([prefix, key, baseUrl, ...models]),
  );
  return { wanted: wanted.sort(), held: held.sort() };
}

/** All faults gone, all questions answered: the configuration holds what the profiles ask for, and the state says so. */
async function becomesQuiet(simulation: Simulation): Promise<void> {
  const { home, live, hint } = simulation;
  heal(simulation);
  hint(null);
  await passUntil(simulation, async () => {
    const state = live.state();
    if (localTarget(state).state === 'review') {
      must(
        await live.sync({
          only: null,
          accepted: true,
          dryRun: false,
          create: false,
          targetNamed: false,
          verify: false,
        }),
      );
    }
    const { wanted, held } = wantedAndHeld(simulation);
    const { activity, autoSync } = live.state();
    const isInLine =
      ['in-sync', 'empty'].includes(localTarget(live.state()).state) && wanted.join() === held.join();
    // A pause ends by itself, too.
    return isInLine && activity.kind === 'idle' && autoSync.enabled && autoSync.pausedUntilMs === null;
  });
  expect(home.readConfig().startsWith(HEAD)).toBe(true);
  expect(localTarget(live.state())).toMatchObject({ error: null, fights: [] });
}

describe('a simulated day', () => {
  it(
    'of random edits, faults and sleeps always ends with the configuration equal to the profiles, and grows nothing',
    async () => {
      const hours = rounds(1, 24);
      const seed = Number(process.env['SEED'] ?? 20_260);
      const clock = fakeClock();
      const source = hintSource();
      const home = engineHome({ config: HEAD });
      const live = liveHome(home, { clock, createWatcher: source.make });
      const random = randomFrom(seed);
      const simulation: Simulation = {
        home,
        live,
        clock,
        hint: source.hint,
        seed,
        random,
        profiles: new Map(),
      };
      save(simulation, 'glm');
      await becomesQuiet(simulation);
      const { timers } = clock;
      const handles = process.getActiveResourcesInfo().length;
      const endMs = clock.now() + hours * HOUR_MS;
      const names = Object.keys(EVENTS);
      for (let step = 1; clock.now() < endMs; step += 1) {
        const name = pick(simulation, names);
        if (existsSync(home.ccsDirectory)) {
          const path = await EVENTS[name]?.(simulation);
          // One hint in four gets lost: the rescan must make up for it.
          if (path !== undefined && random() < 0.75) source.hint(path);
        }
        await clock.advance(Math.floor(random() * 20_000));
        await realTime(5);
        if (step % 8 === 0) await becomesQuiet(simulation);
      }
      await becomesQuiet(simulation);
      await passUntil(
        simulation,
        () => clock.timers <= timers && process.getActiveResourcesInfo().length <= handles,
      );
      await live.shutDown();
      expect(clock.timers).toBe(0);
    },
    rounds(120_000, 3_600_000),
  );
});
