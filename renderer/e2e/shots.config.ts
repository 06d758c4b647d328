import { defineConfig } from '@playwright/test';

/** `npm run shots`: a picture of every view and state; no tests. */
export default defineConfig({
  testMatch: '*.shots.ts',
  outputDir: '../../test-results/shots',
  timeout: 60_000,
  fullyParallel: true,
  workers: 2,
  reporter: 'line',
});
