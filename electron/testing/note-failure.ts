import { appendFileSync } from 'node:fs';

/** What a test runner knows of an error, as vitest and Playwright both give it. */
interface RunnerError {
  readonly message?: string | undefined;
  readonly stack?: string | undefined;
  readonly diff?: string | undefined;
}

/** So much of one error is repeated, in characters; the whole stands where the runner printed it. */
const ENOUGH = 3_000;
const COLORS = /\u001b\[[\d;]*m/g;

/**
 * Notes a failed test (or what failed outside of any) for the end of `npm test`, where it can be found below the
 * thousands of lines that two runners print.
 */
export function noteFailure(name: string, errors: readonly RunnerError[]): void {
  const path = process.env['CLIPROXY_SYNC_TEST_FAILED'];
  if (path === undefined) return;
  const texts = errors.map(({ message = 'no message', stack = '', diff = '' }) =>
    // That of a test that took too long does not say so in its stack.
    [stack.includes(message) ? '' : message, stack, diff]
      .join('\n')
      .replace(COLORS, '')
      .trim()
      .slice(0, ENOUGH),
  );
  const lines = texts
    .join('\n')
    .split('\n')
    .filter((line) => !/^ +at .*node_modules/.test(line));
  appendFileSync(path, `  - ${name}\n${lines.map((line) => `      ${line}\n`).join('')}`);
}
