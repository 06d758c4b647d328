import { appendFileSync, mkdirSync, renameSync, statSync, unlinkSync } from 'node:fs';
import { dirname, join, posix, win32 } from 'node:path';
import type { Clock } from './clock.ts';
import { redact } from './redact.ts';

/** `detail` is written with `--verbose` only. */
export type LogLevel = 'error' | 'info' | 'detail';

/** What a line of the log tells: a code and its parameters, no sentences. */
export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly [field: string]: unknown;
}

export interface Logger {
  write(line: LogLine): void;
  readonly path: string;
}

export interface LoggerOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly verbose: boolean;
  /** A file that has grown beyond this is put aside, in bytes; 1 MiB by default. */
  readonly mostBytes?: number;
}

const MOST_BYTES = 1024 * 1024;
/** `service.log.1` to `.3` are the ones before. */
const KEPT = 3;

/**
 * Where the log lies: beside our state on Linux, as XDG says; `~/Library/Logs` on macOS, `%LOCALAPPDATA%\…\logs` on
 * Windows.
 */
export function logPath(
  stateFolder: string,
  { platform, homedir }: { readonly platform: NodeJS.Platform; readonly homedir: string | null },
): string {
  if (platform === 'darwin' && homedir !== null) {
    return posix.join(homedir, 'Library', 'Logs', 'cliproxy-sync', 'service.log');
  }
  return (platform === 'win32' ? win32 : posix).join(stateFolder, 'logs', 'service.log');
}

/**
 * Writes one JSON object a line, redacted, to a file that only the user can read; a full file is put aside, and the
 * oldest goes. Written at once, so that the last line before a fault is there. A log that can't be written is no
 * reason to stop: its lines are lost.
 */
export function createLogger({ path, clock, verbose, mostBytes = MOST_BYTES }: LoggerOptions): Logger {
  return {
    path,
    write: ({ level, event, ...fields }) => {
      if (level === 'detail' && !verbose) return;
      const time = new Date(clock.now()).toISOString();
      const line = JSON.stringify({ time, level, event, pid: process.pid, ...(redact(fields) as object) });
      quietly(() => mkdirSync(dirname(path), { recursive: true, mode: 0o700 }));
      quietly(() => rotate(path, mostBytes));
      quietly(() => appendFileSync(path, `${line}\n`, { mode: 0o600 }));
    },
  };
}

function rotate(path: string, mostBytes: number): void {
  if (statSync(path).size < mostBytes) return;
  const older = (age: number): string => join(dirname(path), `service.log.${age}`);
  quietly(() => unlinkSync(older(KEPT)));
  for (let age = KEPT - 1; age >= 1; age -= 1) quietly(() => renameSync(older(age), older(age + 1)));
  renameSync(path, older(1));
}

function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
