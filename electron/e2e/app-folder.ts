import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is under test: the checkout with its dist/, or a folder of the same shape that CLIPROXY_SYNC_APP names. */
export const APP = process.env['CLIPROXY_SYNC_APP'] ?? fileURLToPath(new URL('../..', import.meta.url));

/** The built command line. */
export const CLI = join(APP, 'dist', 'cli.cjs');

export const SHIM = fileURLToPath(new URL('./electron22-shim.cjs', import.meta.url));
