import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { CHANGE, engineHome, type EngineHome, must, rewriteAsCcs } from '../../testing/engine-home.ts';
import { rounds } from '../../testing/nightly.ts';
import { type Draw, drawConfig, drawing } from '../yaml/random-config.test-data.ts';
import { validateYaml } from '../yaml/validate-yaml.ts';
import { EngineModel, type ModelEntry } from '../../testing/engine-model.ts';

const numRuns = rounds(60, 2000);
const NAMES = ['pa', 'pb', 'pc', 'pd', 'pe'];

interface Run {
  readonly home: EngineHome;
  readonly model: EngineModel;
  readonly draw: Draw;
  /** Stretches of foreign text, in file order. */
  foreign: string[];
  /** The other values of the file, and others' entries. */
  rest: unknown;
  /** How many comments were added. */
  notes: number;
}

const PLAIN = ['port: 1 # one\n', 'api-keys: ["sk-test-client"]\n# above\n', '# end\nlast: {a: 1}\n'];
const MINE = '  - api-key: mine\n    prefix: own\n    headers: {X-A: b} # why\n';

/** A configuration in any layout, or one that CCS's rewriting can be tried on. */
function drawStart(draw: Draw): { text: string; foreign: string[]; plain: boolean } {
  if (draw.one(true, false)) {
    const { text, stretches } = drawConfig(draw);
    const foreign = stretches.flatMap(({ text: part, entry }) =>
      part.split(entry === null ? /(?:[\s,[\]]|\{\}|~|null)+/ : /\r?\n$/),
    );
    return { text, foreign, plain: false };
  }
  const [one = '', two = '', three = ''] = PLAIN;
  const section = draw.one(['claude-api-key:\n', MINE], []);
  const parts = [one, two, ...section, three];
  return { text: parts.join(''), foreign: parts, plain: true };
}

function changeProfiles({ model, draw }: Run): void {
  for (let count = draw.int(0, 3); count > 0; count--) {
    const name = draw.one(...NAMES);
    const asked = model.profiles.get(name);
    if (asked === undefined || asked === 'broken') model.write(name, 'all');
    else {
      const op = draw.one('key', 'url', 'models', 'remove', 'break', 'rename');
      if (op === 'remove') model.remove(name);
      else if (op === 'break') model.break(name);
      else if (op === 'rename') model.rename(name, draw.one(...NAMES));
      else model.write(name, op);
    }
  }
}

/**
 * Others change the file: a comment at its end, a key or base URL of ours, or the whole section. Tells whether
 * that is something of ours, which an undo of its repair would bring back.
 */
function changeFile(run: Run, plain: boolean): boolean {
  const { home, model, draw } = run;
  const text = home.readConfig();
  const op = draw.one('nothing', 'nothing', 'comment', 'key', 'url', plain ? 'ccs' : 'comment');
  const restorable = model.ours.filter(({ profile, key, baseUrl }) => {
    const asked = model.profiles.get(profile);
    return (
      asked !== undefined &&
      asked !== 'broken' &&
      !model.holds.has(profile) &&
      asked.key === key &&
      asked.baseUrl === baseUrl
    );
  });
  const [entry] = restorable;
  if (op === 'comment') addComment(run);
  else if (op === 'key' && entry !== undefined) home.writeConfig(text.replace(entry.key, 'sk-test-by-hand'));
  else if (op === 'url' && entry !== undefined)
    home.writeConfig(text.replace(entry.baseUrl, 'https://by-hand.test'));
  else if (
    op === 'ccs' &&
    model.users.length === 0 &&
    restorable.length === model.ours.length &&
    restorable.length > 0
  ) {
    rewriteAsCcs(home.configPath, model.ours);
    // What CCS took out is not ours to keep.
    const left = new Set(home.readConfig().split('\n'));
    run.foreign = run.foreign.flatMap((part) => part.split('\n')).filter((line) => left.has(line));
    run.rest = restOf(home.readConfig(), model);
  }
  return op !== 'nothing' && op !== 'comment';
}

function addComment(run: Run): void {
  const { home, foreign } = run;
  const text = home.readConfig();
  // None is equal to another or part of it: which of them CCS took out must be told from the text.
  run.notes += 1;
  const comment = `# note ${run.notes}.`;
  home.writeConfig(`${text}${text.endsWith('\n') ? '' : '\n'}${comment}\n`);
  foreign.push(comment);
}

type Value = Record<string, unknown>;

function entriesIn(text: string): Value[] {
  const value = (parse(text, { merge: true }) ?? {}) as { 'claude-api-key'?: Value[] | null };
  return value['claude-api-key'] ?? [];
}

/** All values but our entries, whose keys no one else has. */
function restOf(text: string, model: EngineModel): unknown {
  const all = (parse(text, { merge: true }) ?? {}) as Value;
  const known = new Set([...model.ours, ...model.users].map(({ key }) => key));
  return {
    ...all,
    'claude-api-key': entriesIn(text).filter((entry) => !known.has(String(entry['api-key']))),
  };
}

function expectText(run: Run): void {
  const { home, model } = run;
  const text = home.readConfig();
  expect(validateYaml(text), text).toBeNull();
  const found = entriesIn(text).filter((entry) => String(entry['api-key']).startsWith('sk-test-key-'));
  const byPrefix = (one: Value, other: Value): number =>
    String(one['prefix']) < String(other['prefix']) ? -1 : 1;
  expect(found.map(shown).sort(byPrefix), text).toEqual(
    [...model.ours, ...model.users].map(valueOf).sort(byPrefix),
  );
  expect(restOf(text, model), text).toEqual(run.rest);
  let at = 0;
  for (const part of run.foreign) {
    const place = text.indexOf(part, at);
    expect(place, `${JSON.stringify(part)} in ${text}`).toBeGreaterThanOrEqual(at);
    at = place + part.length;
  }
}

/** CLIProxyAPI makes nothing of the order of models. */
function shown(entry: Value): Value {
  const models = (entry['models'] as { name: string }[]).map(({ name }) => name).sort();
  return { ...entry, models };
}

function valueOf({ key, prefix, baseUrl, models }: ModelEntry): Value {
  return { 'api-key': key, prefix, 'base-url': baseUrl, 'proxy-url': '', models: [...models].sort() };
}

/** Blank lines after an entry that goes would become part of a block scalar before it: that is refused. */
function mayBeRefused(text: string): boolean {
  return /[|>][+-]?/.test(text);
}

async function step(run: Run, plain: boolean): Promise<'goes on' | 'refused'> {
  const { home, model, draw } = run;
  changeProfiles(run);
  const repairs = changeFile(run, plain);
  const before = home.readConfig();
  const result = await home.trySync({ accepted: true });
  if (!result.ok && result.error.code === 'target-refused' && mayBeRefused(before)) {
    expect(home.readConfig()).toBe(before);
    return 'refused';
  }
  const { outcome } = must(result);
  model.sync();
  expectText(run);
  if (outcome === 'written' && !repairs && model.canUndo && draw.one(true, false, false)) await undo(run);
  const text = home.readConfig();
  expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  expect(home.readConfig()).toBe(text);
  return 'goes on';
}

async function undo(run: Run): Promise<void> {
  const { home, model, draw } = run;
  const entries = draw.one(true, false);
  if (entries) addComment(run);
  const report = must(await home.core.undo(null, CHANGE));
  expect(report).toMatchObject({ how: entries ? 'entries' : 'whole', changedSince: [] });
  model.undo();
  expectText(run);
}

describe('random lives of a home', () => {
  it('keep the file as profiles and others say, whatever happens in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (generate) => {
        const draw = drawing(generate);
        const { text, foreign, plain } = drawStart(draw);
        const home = engineHome({ config: text });
        const model = new EngineModel(home);
        const run: Run = { home, model, draw, foreign, rest: restOf(text, model), notes: 0 };
        for (let left = draw.int(1, 8); left > 0; left--) {
          if ((await step(run, plain)) === 'refused') break;
        }
        rmSync(home.home, { recursive: true });
      }),
      { numRuns },
    );
  });
});
