import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../files/file-failure.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { TargetContext } from './file-place.ts';

/**
 * After a write a server reads its own file again, within 0.15 to 0.85 s. One that reads it while the next write has
 * just emptied it drops everything and turns its API off (docs/decisions/0010): our own writes keep apart, whichever
 * of us makes them.
 */
const BETWEEN_WRITES_MS = 1000;

/** Waits until the last write to a server is long enough ago; its lock must be held. */
export async function awaitPace({ place, context }: TargetContext): Promise<void> {
  const agoMs = context.clock.now() - lastWriteMs(pacePath(place));
  // A clock that was set back says nothing.
  if (agoMs >= 0 && agoMs < BETWEEN_WRITES_MS) await context.clock.sleep(BETWEEN_WRITES_MS - agoMs);
}

/** Notes that a server was written to just now. Losing the note is harmless. */
export async function notePace({ place, context }: TargetContext): Promise<void> {
  await replaceFile(pacePath(place), `${context.clock.now()}\n`, { mode: 0o600 });
}

function pacePath({ shared }: TargetContext['place']): string {
  return join(shared.folder, 'wrote');
}

/** In milliseconds since the epoch; NaN where nothing is known. */
function lastWriteMs(path: string): number {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10);
  } catch (error) {
    errnoOf(error);
    return Number.NaN;
  }
}
