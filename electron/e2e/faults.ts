/** Chromium's own lines, as in `[123:1122/201502.123456:ERROR:bus.cc(399)] …`, and those of GTK. */
const NOISE = [
  /^\[\d+:\d+\/[\d.]+:\w+:/,
  /^\(.*\): \w+-(WARNING|CRITICAL|Message) \*\*/,
  /^Debugger|^Waiting for the debugger/,
];

/**
 * Lines that main printed and that are no noise of the platform's: an uncaught error there keeps the process alive,
 * so a test would not notice it otherwise.
 */
export function faultsIn(printed: string): readonly string[] {
  return printed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /error|warning|uncaught|unhandled|fail/i.test(line))
    .filter((line) => !NOISE.some((noise) => noise.test(line)));
}
