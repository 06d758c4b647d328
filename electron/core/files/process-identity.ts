import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errnoOf } from './file-failure.ts';

/** Which process, of which start of which machine. Fields the platform doesn't tell are `''`. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Linux: when the process started, in clock ticks since the boot. A pid is given out again, this pair is not. */
  readonly started: string;
  /** Linux: a random id of this start of the machine. */
  readonly boot: string;
  /** Linux: the pid namespace; a container may share our host name and count its pids anew. */
  readonly space: string;
  readonly host: string;
}

export function currentProcess(): ProcessIdentity {
  return {
    pid: process.pid,
    started: procStat('self')?.started ?? '',
    boot: told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    space: told(() => readlinkSync('/proc/self/ns/pid')),
    host: hostname(),
  };
}

/**
 * Whether a process still runs, judged from `here`. `unknown` where it can't be told: another host, or another
 * pid namespace of this one.
 */
export function lifeOf(other: ProcessIdentity, here: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (other.host !== here.host) return 'unknown';
  if (other.boot !== here.boot) return 'dead';
  if (other.space !== here.space) return 'unknown';
  if (!answersSignals(other.pid)) return 'dead';
  const stat = procStat(String(other.pid));
  // Without /proc, or where it hides other users' processes, the signal's word must do.
  if (stat === undefined) return 'alive';
  // A zombie answers signals and does nothing any more; without an init process it stays for ever.
  if (stat.state === 'Z' || stat.state === 'X') return 'dead';
  return other.started !== '' && stat.started !== other.started ? 'dead' : 'alive';
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

/** State and start time of proc(5)'s stat: its 3rd and 22nd field; the 2nd is in parentheses and may hold any. */
function procStat(pid: string): { readonly state: string; readonly started: string } | undefined {
  const text = told(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  return state === undefined || started === undefined ? undefined : { state, started };
}

function told(read: () => string): string {
  try {
    return read();
  } catch (error) {
    errnoOf(error);
    return '';
  }
}
