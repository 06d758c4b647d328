import { readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type CacheProblem, CatalogProvider } from '../../../shared/schema/catalog.ts';
import { errnoOf, toleratingErrno } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { readRemoteModels, type RemoteModel } from './remote-model.ts';

export type RemoteModels = Partial<Record<CatalogProvider, readonly RemoteModel[]>>;

/** What was fetched last, by us or by CCS. */
export interface CachedCatalog {
  readonly providers: RemoteModels;
  /** Milliseconds since the epoch. */
  readonly fetchedMs: number;
}

export interface CacheReading {
  /** Null where there is none that can be read. */
  readonly cached: CachedCatalog | null;
  readonly problem: CacheProblem | null;
}

/** CCS's own format. Providers that we don't know (qwen, iflow, …) are CCS's and stay. */
const CacheFile = z.object({
  providers: z.record(z.string(), z.unknown()),
  fetchedAt: z.number(),
});

/** The cache that CCS and we share, in the CCS directory. */
export function cachePath(ccsDirectory: string): string {
  return join(ccsDirectory, 'model-catalog-cache.json');
}

/** Reads the cache. One that is broken is set aside, so that CCS does not stumble over it, and is reported. */
export async function readCache(path: string): Promise<CacheReading> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = errnoOf(error);
    const isMissing = reason === 'ENOENT' || reason === 'ENOTDIR';
    return { cached: null, problem: isMissing ? null : { code: 'unreadable', path, reason } };
  }
  const file = parseCache(text);
  if (file === null) return { cached: null, problem: { code: 'broken', path, keptAs: await setAside(path) } };
  const providers: Partial<Record<CatalogProvider, readonly RemoteModel[]>> = {};
  for (const provider of CatalogProvider.options) {
    const models = file.providers[provider];
    if (Array.isArray(models)) providers[provider] = readRemoteModels(models);
  }
  return { cached: { providers, fetchedMs: file.fetchedAt }, problem: null };
}

/** Writes what was fetched over what the cache holds of those providers; 0600, at once or not at all. */
export async function writeCache(
  path: string,
  { providers, fetchedMs }: CachedCatalog,
): Promise<Result<void, CacheProblem>> {
  const before = await toleratingErrno(() => readFile(path, 'utf8'), ['ENOENT', 'EACCES', 'EISDIR'], '');
  const kept = parseCache(before)?.providers ?? {};
  const text = JSON.stringify({ providers: { ...kept, ...providers }, fetchedAt: fetchedMs });
  const written = await replaceFile(path, text, { mode: 0o600, followLinks: true });
  return written.ok ? ok(undefined) : err({ code: 'unwritable', path, reason: written.error.code });
}

/** Forgets what was fetched; whether there was anything. Error: `unwritable`. */
export async function removeCache(path: string): Promise<Result<boolean, CacheProblem>> {
  try {
    return ok(await toleratingErrno(() => unlink(path).then(() => true), ['ENOENT', 'ENOTDIR'], false));
  } catch (error) {
    return err({ code: 'unwritable', path, reason: errnoOf(error) });
  }
}

function parseCache(text: string): z.infer<typeof CacheFile> | null {
  try {
    const parsed = CacheFile.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Where it was put; null where the folder can't be written: then it stays, and is not read. */
async function setAside(path: string): Promise<string | null> {
  const keptAs = `${path}.broken`;
  const refusals = ['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EBUSY'];
  return toleratingErrno(() => rename(path, keptAs).then(() => keptAs), refusals, null);
}
