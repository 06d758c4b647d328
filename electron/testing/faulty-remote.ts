import { onTestFinished } from 'vitest';
import { type FaultyRemote, openFaultyRemote, type FaultyRemoteOptions } from './open-faulty-remote.ts';

/** `openFaultyRemote`, closed when the test ends. */
export async function startFaultyRemote(options: FaultyRemoteOptions): Promise<FaultyRemote> {
  const remote = await openFaultyRemote(options);
  onTestFinished(() => remote.close());
  return remote;
}
