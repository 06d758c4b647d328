import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { LiveCore } from '../core/live-core.ts';
import { type CcsEntry, type EngineHome, envOf, must, rewriteAsCcs } from './engine-home.ts';
import type { FakeClock } from './fake-clock.ts';
import { QUIET_CONFIG } from './live-home.ts';

const HOUR_MS = 3_600_000;
const NAMES = ['albb', 'glm', 'hf', 'km', 'or'];
const BROKEN = '\nbroken: [\n';

/** What the configuration holds beside our section. */
export const HEAD = `# The user's own.\n${QUIET_CONFIG}debug: false   # keep this\n`;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A world in which things happen at random, and the engine that lives in it. */
export interface Simulation {
  readonly home: EngineHome;
  readonly live: LiveCore;
  readonly clock: FakeClock;
  readonly hint: (path: string | null) => void;
  readonly seed: number;
  readonly random: () => number;
  /** What each profile asks for, by name. */
  readonly profiles: Map<string, Record<string, unknown>>;
}

/** One of these, by chance. */
export function pick<T>({ random }: Simulation, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('Nothing to pick from');
  return one;
}

/** Saves a profile with another model. */
export function save(simulation: Simulation, name: string): string {
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
export const EVENTS: Readonly<Record<string, (simulation: Simulation) => string | Promise<string>>> = {
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
export function heal({ home, profiles }: Simulation): void {
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
export function wantedAndHeld({ home, profiles }: Simulation): {
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
