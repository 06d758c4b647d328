import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { oneLanguage } from './shared/words/one-language.ts';

/** Absolute, so that every part of the build may name it whatever its own root is. */
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Bundles what runs in Node (`--mode cli`) and in Electron (`main`, `preload`) into CommonJS: the command line then
 * starts in about half the time of separate ES modules (docs/decisions/0005), a sandboxed preload must be one file,
 * and nobody needs a build step or node_modules. `build/build.mjs` makes all of them, and the renderer.
 */
export default defineConfig(({ mode }) => {
  const program = PROGRAMS[mode];
  if (program === undefined) throw new Error(`--mode must be one of ${Object.keys(PROGRAMS).join(', ')}`);
  return {
    plugins: program.language === undefined ? [] : [oneLanguage(program.language)],
    // The package's entry for Node is CommonJS, of which nothing could be left out; this is the same as ES modules.
    resolve: { alias: { yaml: path('node_modules/yaml/browser/dist/index.js') } },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: program.entry,
      outDir: path('dist'),
      emptyOutDir: false,
      target: 'es2022',
      minify: true,
      rolldownOptions: {
        // Else the bundler's own helpers move into the second chunk of `main`, which the first would then load at once.
        experimental: { chunkOptimization: mode !== 'main' },
        output: {
          format: 'cjs',
          entryFileNames: `${mode}.cjs`,
          chunkFileNames: `${mode}-[name].cjs`,
          ...(program.banner === undefined ? {} : { banner: program.banner }),
        },
      },
    },
  };
});

interface Program {
  readonly entry: string;
  readonly banner?: string;
  /** What it says is in this language alone, so that the other ones are not carried along. */
  readonly language?: Parameters<typeof oneLanguage>[0];
}

const PROGRAMS: Readonly<Record<string, Program>> = {
  cli: { entry: path('electron/cli/main.ts'), banner: '#!/usr/bin/env node', language: 'en' },
  main: { entry: path('electron/main/main.ts') },
  preload: { entry: path('electron/preload/preload.ts') },
  start: { entry: path('electron/headless/main.ts'), language: 'en' },
};
