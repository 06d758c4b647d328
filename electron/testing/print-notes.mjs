import { existsSync, readFileSync } from 'node:fs';

/** Prints what tests were left out, where it can't be overlooked: each reason once, with how to enable it. */
export function printLeftOut(path) {
  if (!existsSync(path)) return;
  const lines = [...new Set(readFileSync(path, 'utf8').trimEnd().split('\n'))];
  console.warn(`\nLEFT OUT of this run:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`);
}

/** Prints which tests failed, each with its error, below all that the runners printed. */
export function printFailed(path) {
  if (existsSync(path)) console.error(`\nFAILED in this run:\n${readFileSync(path, 'utf8')}`);
}
