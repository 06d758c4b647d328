import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Bundles the command line with all it needs into CommonJS: it starts in about half the time of separate ES
 * modules (docs/decisions/0005), and a user of the package needs no build step.
 */
export default defineConfig({
  // The package's entry for Node is CommonJS, of which nothing could be left out; this is the same as ES modules.
  resolve: {
    alias: {
      yaml: fileURLToPath(
        import.meta.resolve('yaml/package.json').replace('package.json', 'browser/dist/index.js'),
      ),
    },
  },
  ssr: { noExternal: true },
  build: {
    ssr: 'electron/cli/main.ts',
    outDir: 'dist',
    target: 'node20',
    minify: true,
    rolldownOptions: {
      output: {
        format: 'cjs',
        entryFileNames: 'cli.cjs',
        chunkFileNames: 'cli-[name].cjs',
        banner: '#!/usr/bin/env node',
      },
    },
  },
});
