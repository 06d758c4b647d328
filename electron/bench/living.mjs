import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeProfile } from './home.mjs';

/** What the kernel counts CPU time in (USER_HZ). */
const TICKS_A_SECOND = 100;
const QUIET_MS = 250;
const IDLE_FOR_MS = 1500;

/** Starts `watch` on a home and waits until its first sync is through and it does nothing any more. Linux only. */
export async function startWatch(cli, home) {
  const child = spawn(process.execPath, [cli, 'watch'], {
    env: { PATH: process.env['PATH'], HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const watch = {
    pid: child.pid,
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
  while (!output.includes('in sync') && !output.includes('Written')) {
    if (child.exitCode !== null) throw new Error(`watch ended with ${child.exitCode}: ${output}`);
    await sleep(50);
  }
  await becomesIdle(watch.pid);
  return watch;
}

/** Resident memory in MB (millions of bytes), and the share of one processor in percent over `forMs`. */
export async function idleFigures({ pid }, forMs) {
  const before = cpuTicks(pid);
  await sleep(forMs);
  const ticks = cpuTicks(pid) - before;
  const rssKib = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return { rssMb: (rssKib * 1024) / 1e6, cpuPercent: (ticks / TICKS_A_SECOND / (forMs / 1000)) * 100 };
}

/** Milliseconds from each of some saves to its key in the configuration, without the quiet time that is waited. */
export async function changeLatencies({ pid }, home, runs) {
  const config = join(home, '.ccs', 'cliproxy', 'config.yaml');
  const latencies = [];
  for (let run = 0; run < runs; run++) {
    const { mtimeMs } = statSync(config);
    const startedMs = performance.now();
    writeProfile(home, 'bench7', `run${run}`);
    while (statSync(config).mtimeMs === mtimeMs || !readFileSync(config, 'utf8').includes(`run${run}-bench7`))
      await sleep(2);
    latencies.push(performance.now() - startedMs - QUIET_MS);
    await becomesIdle(pid);
  }
  return latencies;
}

async function becomesIdle(pid) {
  for (let before = -1, now = cpuTicks(pid); now - before > 1; now = cpuTicks(pid)) {
    before = now;
    await sleep(IDLE_FOR_MS);
  }
}

/** User and system time so far; the program's name may hold spaces, and ends with the last bracket. */
function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
