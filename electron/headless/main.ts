import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { assertNever } from '../../shared/result.ts';
import * as m from '../../shared/words/generated/messages.js';
import { chooseWindow, type WindowChoice } from './choose-window.ts';
import { findElectron } from './find-electron.ts';

/** The package's own folder: this program lies in its dist/. */
const root = dirname(import.meta.dirname);

function choose(): WindowChoice {
  const { env, platform } = process;
  const packageFolder = join(root, 'node_modules', 'electron');
  return chooseWindow({
    platform,
    hasDisplay: [env['DISPLAY'], env['WAYLAND_DISPLAY']].some((name) => (name ?? '') !== ''),
    electron: findElectron(existsSync(packageFolder) ? packageFolder : null, env),
    isRoot: process.getuid?.() === 0,
  });
}

function reasonOf(why: Extract<WindowChoice, { readonly kind: 'browser' }>['why']): string {
  switch (why) {
    case 'no-display':
      return m.start_no_display();
    case 'no-electron':
      return m.start_no_electron();
    case 'root':
      return m.start_root();
    default:
      return assertNever(why);
  }
}

/** Runs a program in place of this one: its words, its signals, its end. */
function become(program: string, words: readonly string[]): void {
  const child = spawn(program, words, { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, () => void child.kill(signal));
  child.once('error', (error) => {
    process.stderr.write(`${program}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  });
}

const choice = choose();
const given = process.argv.slice(2);
if (choice.kind === 'electron') {
  become(choice.program, [root, ...given]);
} else {
  process.stderr.write(`${reasonOf(choice.why)}\n`);
  // What only the desktop understands means nothing to the command line.
  const words = given.filter((word) => word !== '--hidden');
  become(process.execPath, [join(import.meta.dirname, 'cli.cjs'), 'serve', '--open', ...words]);
}
