import type { BrowserContext } from '@playwright/test';

/** What went wrong in pages without anybody having asked: a test that ends with one of them has failed. */
export interface Problems {
  /** Listens to all pages of a context, also to those that come later. */
  watch(context: BrowserContext): void;
  /** From now on these are what the test provokes. */
  allow(pattern: RegExp): void;
  /** Everything that was not allowed. */
  unexpected(): readonly string[];
  note(problem: string): void;
}

export function createProblems(): Problems {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  const note = (problem: string): void => void seen.push(problem);
  return {
    watch: (context) => {
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          note(`console: ${message.text()} (${message.location().url})`);
      });
      context.on('weberror', (error) => note(`page: ${error.error().stack ?? error.error().message}`));
    },
    allow: (pattern) => void allowed.push(pattern),
    unexpected: () => seen.filter((problem) => !allowed.some((pattern) => pattern.test(problem))),
    note,
  };
}
