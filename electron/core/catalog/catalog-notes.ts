import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { errnoOf } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { ensureFolder } from '../files/state-folder.ts';

const Notes = z.object({
  /** Which remote server told what was fetched then; CCS's cache has no place for that. */
  fetched: z.nullable(z.object({ fetchedMs: z.number(), from: z.string() })),
  /** The address that answered 403 the last time; a refused key is remembered where syncs look for it, too. */
  forbidden: z.nullable(z.string()),
});

/** What we remember of the catalog beside the cache that CCS and we share. */
export type CatalogNotes = z.infer<typeof Notes>;

/** Nothing where there are none that can be read: losing them costs a name, and one request. */
export function readCatalogNotes(homeFolder: string): CatalogNotes {
  try {
    const parsed = Notes.safeParse(JSON.parse(readFileSync(notesPath(homeFolder), 'utf8')));
    if (parsed.success) return parsed.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) errnoOf(error);
  }
  return { fetched: null, forbidden: null };
}

/** Changes what is named; where it can't be written it is forgotten. */
export async function writeCatalogNotes(homeFolder: string, change: Partial<CatalogNotes>): Promise<void> {
  const before = readCatalogNotes(homeFolder);
  const next = { ...before, ...change };
  if (JSON.stringify(next) === JSON.stringify(before)) return;
  const folder = await ensureFolder(homeFolder);
  if (folder.ok) await replaceFile(notesPath(homeFolder), `${JSON.stringify(next)}\n`, { mode: 0o600 });
}

function notesPath(homeFolder: string): string {
  return join(homeFolder, 'catalog.json');
}
