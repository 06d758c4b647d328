import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{electron,shared,renderer}/**/*.test.ts'],
    globalSetup: ['electron/testing/build-children.ts', 'electron/testing/left-out.ts'],
    setupFiles: ['electron/testing/fixed-seed.ts'],
    reporters: ['default', './electron/testing/vitest-failures.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most tests wait for processes, servers and timers, so more of them than there are cores go on at once.
    maxWorkers: 4,
  },
});
