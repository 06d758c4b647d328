import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const CHILDREN = fileURLToPath(new URL('./children/', import.meta.url));

/**
 * Bundles `electron/testing/children/*.ts`, the programs that tests start as processes of their own (to kill
 * them, or to run two at once), so that plain Node can run them. `childProgram` finds them. Each test run has a
 * folder of its own, removed at its end: several may go on at once.
 */
export async function setup(): Promise<() => void> {
  const out = mkdtempSync(join(tmpdir(), 'cliproxy-sync-children-'));
  // Some tests run the programs as another user.
  chmodSync(out, 0o755);
  process.env['CLIPROXY_SYNC_TEST_CHILDREN'] = out;
  const entries = readdirSync(CHILDREN).filter((name) => name.endsWith('.ts'));
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: {
        input: entries.map((name) => CHILDREN + name),
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  });
  return () => rmSync(out, { recursive: true, force: true });
}
