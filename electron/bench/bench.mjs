import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { copyHome, makeHome, removeHome, writeProfile } from './home.mjs';

const CLI = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));
const PEAK = fileURLToPath(new URL('./peak-memory.cjs', import.meta.url));
const RUNS = Number(process.env['BENCH_RUNS'] ?? 11);
const CCS = process.env['CCS_BIN'];

const empty = { name: 'node -e 0', args: ['-e', '0'] };
const ours = { name: 'cliproxy-sync sync', args: [CLI, 'sync'] };
const theirs = CCS === undefined ? null : { name: 'ccs cliproxy sync', args: [CCS, 'cliproxy', 'sync'] };

/** Runs a program once in a home; `wallMs` and `peakKib` are of the whole process. */
function runOnce(program, home) {
  const env = { PATH: process.env['PATH'], HOME: home, BROWSER: 'true', NO_COLOR: '1' };
  const start = process.hrtime.bigint();
  const result = spawnSync(process.execPath, ['--require', PEAK, ...program.args], { env, encoding: 'utf8' });
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== 0) throw new Error(`${program.name} ended with ${result.status}: ${result.stderr}`);
  return { wallMs, peakKib: Number(/peak-kib (\d+)/.exec(result.stderr)?.[1]) };
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** Lets programs take turns, each run on a home of its own, and returns the medians of each. */
function compare(programs, prepare) {
  const runs = programs.map(() => []);
  for (let run = -1; run < RUNS; run++) {
    programs.forEach((program, index) => {
      const home = prepare(program);
      const figures = runOnce(program, home);
      if (run >= 0) runs[index].push(figures);
      removeHome(home);
    });
  }
  return runs.map((list) => ({
    wallMs: median(list.map(({ wallMs }) => wallMs)),
    peakMib: median(list.map(({ peakKib }) => peakKib)) / 1024,
  }));
}

/** A home in which a program has already synced, for each program. */
function syncedHomes(base, programs) {
  const homes = new Map();
  for (const program of programs) {
    const home = copyHome(base);
    if (program !== empty) runOnce(program, home);
    homes.set(program, home);
  }
  return homes;
}

function report(what, value, goal) {
  const verdict = goal === undefined ? '' : value <= goal ? `goal ${goal}: met` : `goal ${goal}: MISSED`;
  console.log(`${what.padEnd(62)} ${value.toFixed(2).padStart(8)}  ${verdict}`);
}

const rivals = theirs === null ? [] : [theirs];
if (theirs === null) console.log('CCS_BIN is not set: nothing is compared with CCS.');
console.log(`Medians of ${RUNS} runs each, taken in turns, whole processes.\n`);

const home5 = makeHome(5);
const [idle, five, ccsFive] = compare([empty, ours, ...rivals], () => copyHome(home5));
report('5 profiles, first sync, ms', five.wallMs);
report('  to an empty node', five.wallMs / idle.wallMs, 2.0);
if (ccsFive) report('  to CCS', five.wallMs / ccsFive.wallMs, 0.25);
const synced5 = syncedHomes(home5, [ours]);
const [idle2, nothing5] = compare([empty, ours], (program) => copyHome(synced5.get(program) ?? home5));
report('5 profiles, nothing to do, ms', nothing5.wallMs);
report('  to an empty node', nothing5.wallMs / idle2.wallMs, 2.0);

const home1000 = makeHome(1000);
const [thousand, ccsThousand] = compare([ours, ...rivals], () => copyHome(home1000));
report('1,000 profiles, first sync, ms', thousand.wallMs);
report('  peak memory, MiB', thousand.peakMib, 90);
if (ccsThousand) report('  to CCS', thousand.wallMs / ccsThousand.wallMs, 0.35);
const synced1000 = syncedHomes(home1000, [ours, ...rivals]);
const [nothing, ccsNothing] = compare([ours, ...rivals], (program) => copyHome(synced1000.get(program)));
report('1,000 profiles, nothing to do, ms', nothing.wallMs);
report('  peak memory, MiB', nothing.peakMib);
if (ccsNothing) report('  to CCS', nothing.wallMs / ccsNothing.wallMs, 0.25);
const [changed] = compare([ours], (program) => {
  const home = copyHome(synced1000.get(program));
  writeProfile(home, 'bench7', 'b');
  return home;
});
report('1,000 profiles, one rotated, ms', changed.wallMs);
report('  peak memory, MiB', changed.peakMib);

const home10000 = makeHome(10000);
const [small, large] = [compare([ours], () => copyHome(home1000))[0], compare([ours], () => copyHome(home10000))[0]];
report('10,000 profiles, first sync, ms', large.wallMs);
report('  peak memory, MiB', large.peakMib);
report('  to 1,000 profiles', large.wallMs / small.wallMs, 8);

for (const home of [home5, home1000, home10000, ...synced5.values(), ...synced1000.values()]) removeHome(home);
