import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel counts processor time in (USER_HZ). */
const TICKS_A_SECOND = 100;

/** The processes of a group; a program that was started as the leader of one can be told by it. Linux only. */
function membersOf(group) {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    const fields = statOf(pid);
    return fields !== null && Number(fields[2]) === group;
  });
}

/** Memory of a group in MiB, each shared page counted by its share (PSS). */
export function pssMib(group) {
  const kib = membersOf(group).map((pid) => {
    try {
      return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return kib.reduce((sum, one) => sum + one, 0) / 1024;
}

/** Processor time of a group so far, in seconds. */
export function cpuSeconds(group) {
  const ticks = membersOf(group).map((pid) => {
    const fields = statOf(pid);
    return fields === null ? 0 : Number(fields[11]) + Number(fields[12]);
  });
  return ticks.reduce((sum, one) => sum + one, 0) / TICKS_A_SECOND;
}

/** The fields behind the program's name, which may hold spaces; null where the process is gone. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
  } catch {
    return null;
  }
}
