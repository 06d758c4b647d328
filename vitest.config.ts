import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer}/**/*.test.ts'],
    globalSetup: ['electron/testing/build-children.ts', 'electron/testing/left-out.ts'],
    setupFiles: ['electron/testing/fixed-seed.ts'],
    reporters: ['default', './electron/testing/vitest-failures.ts'],
    // Only what hangs runs into these: a machine that is busy with something else makes a test slow, and not wrong.
    testTimeout: process.env['NIGHTLY'] === '1' ? 3_600_000 : 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000 } },
    pool: 'forks',
    // Most tests wait for processes, servers and timers, so more of them than there are cores go on at once.
    maxWorkers: 4,
  },
});
