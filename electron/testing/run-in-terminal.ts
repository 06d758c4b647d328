import { spawn } from 'node:child_process';
import { requires } from './requirements.ts';
import { CLI } from './run-cli.ts';

/** What is typed once this text has appeared, for the second answer after the first one was typed, and so on. */
export interface Answer {
  readonly after: string;
  readonly type: string;
}

export interface TerminalRun {
  readonly code: number | null;
  /** All that came to the terminal, with `\r\n` as terminals have it. */
  readonly output: string;
}

export interface TerminalOptions {
  readonly answers?: readonly Answer[];
  readonly env?: Readonly<Record<string, string>>;
  /** Goes behind the command, for the shell: `2>file`. */
  readonly redirect?: string;
}

/** For tests that need a real terminal: `script` of util-linux opens one. */
export function needsTerminal(): boolean {
  return requires({
    name: 'a terminal made by `script` of util-linux',
    met: process.platform === 'linux',
    how: 'Run the tests on Linux.',
  });
}

/** Runs the built command line in a terminal of its own, in which somebody types. */
export function runInTerminal(
  home: string,
  words: readonly string[],
  options: TerminalOptions = {},
): Promise<TerminalRun> {
  const { answers = [], env = {}, redirect = '' } = options;
  const command = `${[process.execPath, CLI, ...words].map((word) => `'${word}'`).join(' ')} ${redirect}`;
  const child = spawn('script', ['--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: home, SHELL: '/bin/sh', TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let output = '';
  let answered = 0;
  const open = [...answers];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    const [next] = open;
    if (next === undefined || !output.includes(next.after, answered)) return;
    open.shift();
    answered = output.length;
    child.stdin.write(next.type);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
