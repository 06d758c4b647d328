import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import { errnoOf } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import { ensureFolder } from '../files/state-folder.ts';

/** How long CLIProxyAPI 7.2.99 shuts an address out where it does not say. */
const BAN_MS = 30 * 60 * 1000;

/**
 * `untilMs`: of a ban, in milliseconds since the epoch; null: the key was refused, and stays so. The key is known by an
 * HMAC-SHA-256 with a salt of its own: that of the home may not be saved yet.
 */
const Refusal = z.object({ salt: z.string(), key: z.string(), untilMs: z.nullable(z.number()) });

/** Where it is remembered that a server refused a key. */
export interface RefusalMemory {
  readonly folder: string;
  readonly key: string;
}

/**
 * The fault with which a server answered this very key the last time, so that it is not sent again by a script or a
 * timer: five wrong ones shut this address out for 30 minutes. Null where nothing speaks against asking.
 */
export function rememberedRefusal({ folder, key }: RefusalMemory, nowMs: number): RemoteFault | null {
  const refusal = read(join(folder, 'refused.json'));
  if (refusal === null) return null;
  if (refusal.untilMs !== null) {
    return refusal.untilMs > nowMs ? { code: 'banned', untilMs: refusal.untilMs } : null;
  }
  return refusal.key === fingerprintOf(key, refusal.salt) ? { code: 'wrong-key' } : null;
}

/** Notes how a server took a key; null: it let us in. Losing the note is harmless. */
export async function rememberAnswer(
  { folder, key }: RefusalMemory,
  fault: RemoteFault | null,
  nowMs: number,
): Promise<void> {
  const path = join(folder, 'refused.json');
  if (fault === null) {
    await rm(path, { force: true });
    return;
  }
  if (fault.code !== 'wrong-key' && fault.code !== 'banned') return;
  const untilMs = fault.code === 'banned' ? (fault.untilMs ?? nowMs + BAN_MS) : null;
  const made = await ensureFolder(folder);
  const salt = randomBytes(16).toString('hex');
  const text = `${JSON.stringify({ salt, key: fingerprintOf(key, salt), untilMs })}\n`;
  if (made.ok) await replaceFile(path, text, { mode: 0o600 });
}

function fingerprintOf(key: string, salt: string): string {
  return createHmac('sha256', salt).update(key).digest('hex');
}

function read(path: string): z.infer<typeof Refusal> | null {
  try {
    const parsed = Refusal.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) errnoOf(error);
    return null;
  }
}
