/**
 * Fills dist/: the command line, Electron's main process and its preload, `npm start`, the window, the icons. All at
 * once, since each bundle waits mostly for itself. Use: node build/build.mjs [OUT]
 */
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { makeIcons } from './make-icons.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = resolve(process.argv[2] ?? `${root}/dist`);
const quiet = { root, logLevel: 'warn' };

await rm(out, { recursive: true, force: true });
const programs = ['cli', 'main', 'preload', 'start'].map((mode) =>
  build({ ...quiet, configFile: `${root}/vite.config.ts`, mode, build: { outDir: out } }),
);
const renderer = build({
  logLevel: 'warn',
  root: `${root}/renderer`,
  configFile: `${root}/renderer/vite.config.ts`,
  build: { outDir: `${out}/renderer` },
});
await Promise.all([...programs, renderer, makeIcons(`${out}/icons`)]);
