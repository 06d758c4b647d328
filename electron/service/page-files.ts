import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { errnoOf } from '../core/files/file-failure.ts';

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly body: string | Uint8Array;
  /** Its name tells its content, so that a browser may keep it. */
  readonly immutable: boolean;
}

/** A fixed map of them, so that no path of a request ever reaches the disk. The keys are paths of requests. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
]);

/** Where Vite puts files whose names hold a hash of their content. */
const HASHED = '/assets/';

/**
 * Reads the built window; `/` is its `index.html`. Files of other kinds are left out. Empty where there is none: the
 * command line also works where it was built alone.
 */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const file of filesIn(folder)) {
    const type = TYPES.get(extname(file));
    if (type === undefined) continue;
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    files.set(path === '/index.html' ? '/' : path, {
      type,
      body: readFileSync(file),
      immutable: path.startsWith(HASHED),
    });
  }
  return files;
}

/** By hand: `readdirSync` with `recursive` does not know Electron's archives. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : [];
    });
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
