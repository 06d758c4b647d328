import type { Terminal } from './terminal.ts';
import { painted } from './terminal-text.ts';

/** Prints rows in columns; the first row is the heading. */
export function printTable(terminal: Terminal, rows: readonly (readonly string[])[]): void {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  }
  rows.forEach((row, index) => {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
    terminal.print(index === 0 ? painted('dim', line) : line);
  });
}
