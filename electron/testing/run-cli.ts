import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built program, for `process.execPath`. */
export const CLI = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

/** What a run of the built command line printed and ended with. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `cliproxy-sync` as a process of its own, with this home and nothing else of our environment. */
export function runCli(
  home: string,
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<CliRun> {
  return runOf(
    spawn(process.execPath, [CLI, ...words], {
      env: { PATH: process.env['PATH'] ?? '', HOME: home, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** The same with this on its standard input, as a script pipes a key in. */
export function pipedCli(
  { home }: { readonly home: string },
  words: readonly string[],
  input: string,
): Promise<CliRun> {
  const child = spawn(process.execPath, [CLI, ...words], {
    env: { PATH: process.env['PATH'] ?? '', HOME: home },
  });
  // Who refuses before it reads may be gone by now.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return runOf(child);
}

function runOf(child: ChildProcess): Promise<CliRun> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The report of a command that was run with `--json`. */
export async function cliReport<T>(home: string, words: readonly string[]): Promise<T> {
  const { stdout, stderr } = await runCli(home, [...words, '--json']);
  try {
    return (JSON.parse(stdout) as { report: T }).report;
  } catch {
    throw new Error(`no JSON from ${words.join(' ')}: ${stdout}${stderr}`);
  }
}
