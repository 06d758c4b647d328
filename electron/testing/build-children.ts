import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const CHILDREN = fileURLToPath(new URL('./children/', import.meta.url));
const OUT = fileURLToPath(new URL('../../node_modules/.cache/cliproxy-sync-children/', import.meta.url));

/**
 * Bundles `electron/testing/children/*.ts`, the programs that tests start as processes of their own (to kill
 * them, or to run two at once), so that plain Node can run them. They are found by `childProgram`.
 */
export async function setup(): Promise<void> {
  const entries = readdirSync(CHILDREN).filter((name) => name.endsWith('.ts'));
  if (entries.length === 0) return;
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: OUT,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: entries.map((name) => CHILDREN + name),
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  });
}
