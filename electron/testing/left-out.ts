import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printLeftOut } from './print-notes.mjs';

const VARIABLE = 'CLIPROXY_SYNC_TEST_LEFT_OUT';

/** Notes that tests were left out; the run's end tells it, where it can't be overlooked. */
export function noteLeftOut(message: string): void {
  const path = process.env[VARIABLE];
  if (path === undefined) console.warn(message);
  else appendFileSync(path, `${message}\n`);
}

/**
 * The global set-up of vitest and of Playwright: collects what was left out, and prints it when all tests are
 * through. Where `run-tests.mjs` runs both, it does that itself.
 */
export function setup(): () => void {
  if (process.env[VARIABLE] !== undefined) return () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cliproxy-sync-left-out-'));
  const path = join(folder, 'list');
  process.env[VARIABLE] = path;
  return () => {
    printLeftOut(path);
    rmSync(folder, { recursive: true, force: true });
  };
}
