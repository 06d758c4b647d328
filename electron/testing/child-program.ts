import { join } from 'node:path';

/** The path of a bundled test program, `electron/testing/children/<name>.ts`, for `process.execPath`. */
export function childProgram(name: string): string {
  return join(process.env['CLIPROXY_SYNC_TEST_CHILDREN'] ?? '', `${name}.cjs`);
}
