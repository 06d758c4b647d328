import type { Result } from '../../../shared/result.ts';
import type { WriteError } from '../files/in-place-write.ts';
import type { Clock } from '../support/clock.ts';
import type { Ledger } from './ledger.ts';

/** Pauses before the further attempts, in milliseconds: 2.1 s in all. */
const PAUSES_MS = [100, 200, 300, 500, 1000];

/**
 * Tries again where the failure may pass by itself: somebody changes the file at this moment. CLIProxyAPI
 * truncates its configuration before it writes it anew, so an invalid file need not stay one.
 */
export async function patiently<T>(
  clock: Clock,
  attempt: () => Promise<Result<T, WriteError>>,
): Promise<Result<T, WriteError>> {
  let result = await attempt();
  for (const pauseMs of PAUSES_MS) {
    if (result.ok || !mayPass(result.error)) return result;
    await clock.sleep(pauseMs);
    result = await attempt();
  }
  return result;
}

/** An empty file where entries of ours stood is one that is just being written, never "the keys are gone". */
export function isHalfWritten(bytes: Uint8Array, ledger: Ledger): boolean {
  return bytes.length === 0 && ledger.entries.length > 0;
}

function mayPass(error: WriteError): boolean {
  if (error.code === 'target-refused') return error.refusal.code === 'invalid-yaml';
  return error.code === 'stale' || error.code === 'journal-conflict';
}
