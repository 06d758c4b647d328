import { defineConfig } from '@playwright/test';
import type { DesktopOptions } from './electron/e2e/desktop-test.ts';

/**
 * The window's tests run twice, once a transport: in a browser over HTTP (`browser`) and in Electron over IPC
 * (`electron`), where the tests of tray and program stand, too. What concerns one transport only is tagged with it
 * (`@http`, `@ipc`). What a machine lacks is left out and said (electron/testing/requirements.ts).
 */
export default defineConfig<DesktopOptions>({
  testMatch: '**/*.e2e.ts',
  globalSetup: './electron/e2e/global-setup.ts',
  outputDir: process.env['CLIPROXY_SYNC_E2E_OUT'] ?? 'test-results',
  // As in vitest.config.ts: only what hangs runs into these.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  fullyParallel: false,
  workers: 2,
  forbidOnly: process.env['CI'] === 'true',
  reporter: [[process.env['CI'] === 'true' ? 'dot' : 'list'], ['./electron/testing/playwright-failures.ts']],
  projects: [
    { name: 'browser', testDir: 'renderer/e2e', grepInvert: /@ipc\b/, use: { transport: 'http' } },
    {
      name: 'electron',
      testDir: '.',
      testMatch: '{renderer,electron}/e2e/**/*.e2e.ts',
      grepInvert: /@http\b/,
      use: { transport: 'ipc' },
    },
  ],
});
