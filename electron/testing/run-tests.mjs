/**
 * `npm test`: all tests that this machine can run, in vitest and in Playwright, and at the end one list of what was
 * left out of both. Both run whatever the first one says.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printLeftOut } from './print-left-out.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'cliproxy-sync-left-out-'));
const list = join(folder, 'list');

/** Runs a program of node_modules; gives whether all was well. */
function run(name, words) {
  const { bin } = require(`${name}/package.json`);
  const program = join(root, 'node_modules', name, typeof bin === 'string' ? bin : Object.values(bin)[0]);
  const env = { ...process.env, CLIPROXY_SYNC_TEST_LEFT_OUT: list };
  return (
    existsSync(program) &&
    spawnSync(process.execPath, [program, ...words], { cwd: root, env, stdio: 'inherit' }).status === 0
  );
}

const results = [run('vitest', ['run']), run('@playwright/test', ['test'])];
printLeftOut(list);
rmSync(folder, { recursive: true, force: true });
process.exitCode = results.every(Boolean) ? 0 : 1;
