import { readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How many handles, requests and file descriptors this process holds open. Descriptors count where the system lists them. */
export function openThings(): number {
  const descriptors = process.platform === 'win32' ? [] : readdirSync('/dev/fd');
  return process.getActiveResourcesInfo().length + descriptors.length;
}

let collect: (() => void) | null = null;

/** Bytes in use on the heap once everything that nobody holds any more is gone. */
export function heapUsed(): number {
  collect ??= collector();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Node offers V8's collector only by a flag. Where it is set late, a context made after that has it. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
