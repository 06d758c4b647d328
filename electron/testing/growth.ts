import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How many handles, requests and file descriptors this process holds open. Descriptors count where the system lists them. */
export function openThings(): number {
  const descriptors = process.platform === 'win32' ? [] : readdirSync('/dev/fd');
  return process.getActiveResourcesInfo().length + descriptors.length;
}

/** Bytes in use on the heap once everything that nobody holds any more is gone. */
export function heapUsed(): number {
  // Node offers its collector only by a flag, which may be set late: a context made after that has it.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
