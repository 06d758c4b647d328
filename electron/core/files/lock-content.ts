import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { toleratingErrno } from './file-failure.ts';
import { currentProcess, lifeOf, type ProcessIdentity } from './process-identity.ts';

/** A file system without hard links shows a lock before its content is written; that takes no time at all. */
const WRITTEN_AFTER_MS = 5_000;

/** What a lock file holds: whose it is, and an id that no other lock ever has. */
export interface LockContent extends ProcessIdentity {
  readonly id: string;
}

/** What a lock file says now. A stale one has an id, by which exactly one process may remove it. */
export type FoundLock =
  | { readonly kind: 'gone' }
  | { readonly kind: 'held'; readonly pid: number; readonly host: string }
  | { readonly kind: 'stale'; readonly id: string; readonly pid: number; readonly host: string };

/**
 * Reads a lock file and judges its holder. One without legible content (a power failure kept the name and lost
 * the bytes) is stale once it is some seconds old.
 */
export async function readLock(path: string, nowMs: number): Promise<FoundLock> {
  // Windows refuses to open a file that is just being removed.
  const passing = process.platform === 'win32' ? ['EPERM', 'EACCES', 'EBUSY'] : [];
  const text = await toleratingErrno(
    () => toleratingErrno(() => readFile(path, 'utf8'), passing, ''),
    ['ENOENT'],
    undefined,
  );
  if (text === undefined) return { kind: 'gone' };
  const content = parseLock(text);
  if (content === undefined) return judgeIllegible(path, nowMs);
  const { pid, host, id } = content;
  return lifeOf(content, currentProcess()) === 'dead'
    ? { kind: 'stale', id, pid, host }
    : { kind: 'held', pid, host };
}

async function judgeIllegible(path: string, nowMs: number): Promise<FoundLock> {
  const found = await toleratingErrno(() => stat(path), ['ENOENT'], undefined);
  if (found === undefined) return { kind: 'gone' };
  if (Math.abs(nowMs - found.mtimeMs) < WRITTEN_AFTER_MS) return { kind: 'held', pid: 0, host: '' };
  return { kind: 'stale', id: `illegible-${found.ino}-${Math.trunc(found.mtimeMs)}`, pid: 0, host: '' };
}

function parseLock(text: string): LockContent | undefined {
  const schema = z.object({
    pid: z.int().check(z.positive()),
    started: z.string(),
    boot: z.string(),
    space: z.string(),
    host: z.string(),
    id: z.string().check(z.regex(/^[\w-]{1,64}$/)),
  });
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
