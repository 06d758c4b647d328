import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { layHome, makeHome, makeStage, removeHome, writeProfile } from './home.mjs';
import { changeLatencies, idleFigures, startWatch } from './living.mjs';

const CLI = process.env['BENCH_CLI'] ?? fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));
const PEAK = fileURLToPath(new URL('./peak-memory.cjs', import.meta.url));
const RUNS = Number(process.env['BENCH_RUNS'] ?? 11);
const CCS = process.env['CCS_BIN'];
const LIVING_CHANGES = 5;
const SETTLING_MS = 30_000;
const MINUTE_MS = 60_000;

const empty = { name: 'node -e 0', args: ['-e', '0'] };
const ours = { name: 'cliproxy-sync sync', args: [CLI, 'sync'] };
const stage = makeStage();
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

/** Lets programs take turns, each run on a freshly laid home, and returns the medians of each. */
function compare(programs, homeOf, before = () => undefined) {
  const runs = programs.map(() => []);
  for (let run = -1; run < RUNS; run++) {
    programs.forEach((program, index) => {
      layHome(homeOf(program), stage);
      before(stage);
      const figures = runOnce(program, stage);
      if (run >= 0) runs[index].push(figures);
    });
  }
  return runs.map((list) => ({
    wallMs: median(list.map(({ wallMs }) => wallMs)),
    peakMib: median(list.map(({ peakKib }) => peakKib)) / 1024,
  }));
}

/** For each program a home that it has already synced. */
function syncedHomes(base, programs) {
  return new Map(
    programs.map((program) => {
      layHome(base, stage);
      runOnce(program, stage);
      const synced = mkdtempSync(join(tmpdir(), 'cliproxy-sync-bench-'));
      layHome(stage, synced);
      return [program, synced];
    }),
  );
}

function report(what, value, goal) {
  const verdict = goal === undefined ? '' : value <= goal ? `goal ${goal}: met` : `goal ${goal}: MISSED`;
  console.log(`${what.padEnd(62)} ${value.toFixed(2).padStart(8)}  ${verdict}`);
}

const rivals = theirs === null ? [] : [theirs];
if (theirs === null) console.log('CCS_BIN is not set: nothing is compared with CCS.');
console.log(`Medians of ${RUNS} runs each, taken in turns, whole processes.\n`);

const home5 = makeHome(5);
const [idle, five, ccsFive] = compare([empty, ours, ...rivals], () => home5);
report('5 profiles, first sync, ms', five.wallMs);
report('  to an empty node', five.wallMs / idle.wallMs, 2.0);
if (ccsFive) report('  to CCS', five.wallMs / ccsFive.wallMs, 0.25);
const synced5 = syncedHomes(home5, [ours]);
const [idle2, nothing5] = compare([empty, ours], (program) => synced5.get(program) ?? home5);
report('5 profiles, nothing to do, ms', nothing5.wallMs);
report('  to an empty node', nothing5.wallMs / idle2.wallMs, 2.0);

const home1000 = makeHome(1000);
const [thousand, ccsThousand] = compare([ours, ...rivals], () => home1000);
report('1,000 profiles, first sync, ms', thousand.wallMs);
report('  peak memory, MiB', thousand.peakMib, 90);
if (ccsThousand) report('  to CCS', thousand.wallMs / ccsThousand.wallMs, 0.35);
const synced1000 = syncedHomes(home1000, [ours, ...rivals]);
const [nothing, ccsNothing] = compare([ours, ...rivals], (program) => synced1000.get(program));
report('1,000 profiles, nothing to do, ms', nothing.wallMs);
report('  peak memory, MiB', nothing.peakMib);
if (ccsNothing) report('  to CCS', nothing.wallMs / ccsNothing.wallMs, 0.25);
const [changed] = compare(
  [ours],
  (program) => synced1000.get(program),
  (home) => writeProfile(home, 'bench7', 'b'),
);
report('1,000 profiles, one rotated, ms', changed.wallMs);
report('  peak memory, MiB', changed.peakMib);

const home10000 = makeHome(10000);
const [small] = compare([ours], () => home1000);
const [large] = compare([ours], () => home10000);
report('10,000 profiles, first sync, ms', large.wallMs);
report('  peak memory, MiB', large.peakMib);
report('  to 1,000 profiles', large.wallMs / small.wallMs, 8);

/** The median of some changes that a living `watch` notices, on a copy of a home. */
async function livingChange(home) {
  layHome(home, stage);
  const watch = await startWatch(CLI, stage);
  const latencies = await changeLatencies(watch, stage, LIVING_CHANGES);
  await watch.end();
  return median(latencies);
}

console.log('\n`watch`, from a save to the configuration; without the quiet time that it waits, 250 ms.\n');
layHome(home5, stage);
const watch5 = await startWatch(CLI, stage);
await sleep(SETTLING_MS);
const idle5 = await idleFigures(watch5, MINUTE_MS);
await watch5.end();
report('5 profiles, idle, resident memory, MB', idle5.rssMb, 60);
report('  processor over a minute, % of one', idle5.cpuPercent, 0.1);
const living1000 = await livingChange(home1000);
const living10000 = await livingChange(home10000);
report('1,000 profiles, one rotated, ms', living1000);
report('10,000 profiles, one rotated, ms', living10000);
report('  to 1,000 profiles', living10000 / living1000, 8);

for (const home of [stage, home5, home1000, home10000, ...synced5.values(), ...synced1000.values()])
  removeHome(home);
