import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'CLIPROXY_SYNC_TEST_LEFT_OUT';

/** Notes that tests were left out; the run's end tells it, where it can't be overlooked. */
export function noteLeftOut(message: string): void {
  const path = process.env[VARIABLE];
  if (path === undefined) console.warn(message);
  else appendFileSync(path, `${message}\n`);
}

/** Vitest's global set-up: collects what was left out, and prints it when all tests are through. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cliproxy-sync-left-out-'));
  const path = join(folder, 'list');
  process.env[VARIABLE] = path;
  return () => {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n') : [];
    rmSync(folder, { recursive: true, force: true });
    if (lines.length === 0) return;
    const list = [...new Set(lines)].map((line) => `  - ${line}`).join('\n');
    console.warn(`\nLEFT OUT of this run:\n${list}\n`);
  };
}
