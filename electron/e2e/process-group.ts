import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes of a group that still live: a program that a test starts as the leader of a group can be told from
 * all others with its children, whatever they call themselves. Linux only.
 */
export function livingInGroup(leaderPid: number): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isLivingMember(pid, leaderPid));
}

function isLivingMember(pid: number, group: number): boolean {
  try {
    // The name may hold spaces; it ends with the last bracket. Then: state, parent, process group.
    const [state, , of] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return Number(of) === group && state !== 'Z';
  } catch {
    return false;
  }
}
