/** Words by code, for codes that are open: made by a system or a library, or carried as plain text. */
export type WordTable = Readonly<Record<string, () => string>>;

/** The words of a code; null where the table has none (also not by inheritance: `constructor` is no code). */
export function wordsOf(table: WordTable, code: string): string | null {
  return Object.hasOwn(table, code) ? (table[code]?.() ?? null) : null;
}
