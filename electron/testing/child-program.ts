import { fileURLToPath } from 'node:url';

/** The path of a bundled test program, `electron/testing/children/<name>.ts`, for `process.execPath`. */
export function childProgram(name: string): string {
  return fileURLToPath(
    new URL(`../../node_modules/.cache/cliproxy-sync-children/${name}.cjs`, import.meta.url),
  );
}
