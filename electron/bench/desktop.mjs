/**
 * What the desktop costs, beside an empty tray application on the same Electron in the same run (Linux, with Xvfb and
 * a session bus). Left out where there is no Electron, which is said. `BENCH_RUNS` sets the number of starts (7).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { layHome, makeHome, removeHome } from './home.mjs';
import { cpuSeconds, pssMib } from './process-tree.mjs';
import { openPanel } from './tray-panel.mjs';
import { windowOpening } from './window-opening.mjs';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const APP = process.env['CLIPROXY_SYNC_APP'] ?? path('../..');
const DIST = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path('../../node_modules/electron/dist');
const ELECTRON = join(DIST, 'electron');
const RUNS = Number(process.env['BENCH_RUNS'] ?? 7);
const SETTLING_MS = 30_000;
const MINUTE_MS = 60_000;

if (!existsSync(ELECTRON)) {
  console.log('No Electron here (ELECTRON_OVERRIDE_DIST_PATH): the desktop is not measured.');
  process.exit(0);
}

const major = Number(readFileSync(join(DIST, 'version'), 'utf8').replace(/^v/, '').split('.')[0]);
const shim = major < 28 ? ['-r', path('../e2e/electron22-shim.cjs')] : [];
const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const home5 = makeHome(5);
const empty = { name: 'an empty tray app', words: [...shim, path('./empty-app')] };
const ours = { name: 'CLIProxy Sync', words: [...shim, APP, '--hidden'] };

const display = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
  stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
});
const [number] = await once(createInterface({ input: display.stdio[3] }), 'line');

/** Lays a fresh home, with a panel on a bus of its own. */
async function stage() {
  const folder = mkdtempSync(join(tmpdir(), 'cliproxy-sync-bench-'));
  const home = join(folder, 'home');
  layHome(home5, home);
  const panel = await openPanel();
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    DISPLAY: `:${number}`,
    EMPTY_APP_ICON: join(APP, 'dist', 'icons', 'tray', 'automatic', 'plain.png'),
    LANG: 'en_US.UTF-8',
    ...panel.env,
  };
  const close = async () => {
    await panel.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  return { home, panel, env, close };
}

/** Starts a program in a fresh home; gives it with the moments at which its tray stood and told the truth. */
async function start({ name, words }, { untilTruth }) {
  const { home, panel, env, close } = await stage();
  const startedMs = performance.now();
  const child = spawn(ELECTRON, [...sandbox, ...words], { cwd: home, env, detached: true, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await panel.registered();
  const registeredMs = performance.now() - startedMs;
  while (untilTruth && !/synced/.test((await panel.tooltip()) ?? '')) {
    if (child.exitCode !== null) throw new Error(`${name} ended`);
    await sleep(2);
  }
  return {
    pid: child.pid,
    registeredMs,
    truthMs: performance.now() - startedMs,
    panel,
    end: async () => {
      await panel.click('Quit');
      await Promise.race([ended, sleep(5000)]);
      if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await close();
    },
  };
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

function report(what, value, goal) {
  const verdict = goal === undefined ? '' : value <= goal ? `goal ${goal}: met` : `goal ${goal}: MISSED`;
  console.log(`${what.padEnd(62)} ${value.toFixed(2).padStart(8)}  ${verdict}`);
}

console.log(
  `\nThe desktop on Electron ${major}, medians of ${RUNS} starts, taken in turns with an empty tray app.\n`,
);
const starts = { empty: [], registered: [], truth: [] };
for (let run = -1; run < RUNS; run++) {
  const one = await start(empty, { untilTruth: false });
  await one.end();
  const other = await start(ours, { untilTruth: true });
  await other.end();
  if (run < 0) continue;
  starts.empty.push(one.registeredMs);
  starts.registered.push(other.registeredMs);
  starts.truth.push(other.truthMs);
}
report('empty tray app, start to tray registered, ms', median(starts.empty));
report('start to tray registered, ms', median(starts.registered));
report('  to an empty tray app', median(starts.registered) / median(starts.empty), 1.3);
report('start to the first truthful state, ms', median(starts.truth));
report('  more than an empty tray app’s start, s', (median(starts.truth) - median(starts.empty)) / 1000, 0.5);

async function opening({ words }, row, { ready, settled }) {
  const { panel, env, close } = await stage();
  const tookMs = await windowOpening({ electron: ELECTRON, words, env, panel, row, ready, settled });
  await close();
  return tookMs;
}

const windows = { empty: [], ours: [] };
for (let run = 0; run < RUNS; run++) {
  windows.empty.push(await opening(empty, 'Open', { ready: 'h1', settled: /./ }));
  windows.ours.push(
    await opening(ours, 'Open CLIProxy Sync', { ready: '[role=switch]:not([disabled])', settled: /synced/ }),
  );
}
report('empty window, click to heading, ms', median(windows.empty));
report('window, click to usable, ms', median(windows.ours));
report('  more than an empty window, s', (median(windows.ours) - median(windows.empty)) / 1000, 0.5);

const idleEmpty = await start(empty, { untilTruth: false });
const idleOurs = await start(ours, { untilTruth: true });
await sleep(SETTLING_MS);
const [emptyMib, oursMib] = [pssMib(idleEmpty.pid), pssMib(idleOurs.pid)];
const before = cpuSeconds(idleOurs.pid);
await sleep(MINUTE_MS);
const cpuPercent = ((cpuSeconds(idleOurs.pid) - before) / (MINUTE_MS / 1000)) * 100;
report('empty tray app, idle, PSS of all its processes, MiB', emptyMib);
report('idle, PSS of all its processes, MiB', oursMib);
report('  to an empty tray app', oursMib / emptyMib, 1.15);
report('idle, processor over a minute, % of one', cpuPercent, 0.1);
await idleEmpty.end();
await idleOurs.end();
display.kill();
removeHome(home5);
