/**
 * `npm test`: all tests that this machine can run, in vitest and in Playwright, and at the end what failed
 * and what was left out of both. Both run whatever the first one says.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printFailed, printLeftOut } from './print-notes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'cliproxy-sync-tests-'));
const leftOut = join(folder, 'left-out');
const failed = join(folder, 'failed');

/** Runs a program of node_modules; gives why it did not end well, and null where it did. */
function run(name, words) {
  const { bin } = require(`${name}/package.json`);
  const program = join(root, 'node_modules', name, typeof bin === 'string' ? bin : Object.values(bin)[0]);
  const env = { ...process.env, CLIPROXY_SYNC_TEST_LEFT_OUT: leftOut, CLIPROXY_SYNC_TEST_FAILED: failed };
  const { status, signal } = spawnSync(process.execPath, [program, ...words], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  return status === 0 ? null : `${name} ended with ${signal ?? `exit code ${status}`}`;
}

const ends = [run('vitest', ['run']), run('@playwright/test', ['test'])].filter((end) => end !== null);
printLeftOut(leftOut);
printFailed(failed);
for (const end of ends) console.error(end);
rmSync(folder, { recursive: true, force: true });
process.exitCode = ends.length === 0 ? 0 : 1;
