import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import type { Clock } from '../support/clock.ts';
import type { ConfigFacts } from '../yaml/config-facts.ts';
import { isDeaf, unknownFields } from './deaf-server.ts';
import type { JsonEntry, RemoteReading, RemoteServer } from './remote-server.ts';
import { readTargetText } from './target-text.ts';

/** What was seen of a remote server. */
export interface ServerSight {
  readonly entries: readonly JsonEntry[];
  /** Of its own configuration file. */
  readonly facts: ConfigFacts;
  readonly version: string | null;
  /** Fields that stand in its file and that its API does not know: writing drops them. */
  readonly dropped: readonly { readonly prefix: string; readonly fields: readonly string[] }[];
}

/** A file that was just edited is loaded within these pauses, in milliseconds (0.2 to 0.9 s were measured). */
const RELOAD_PAUSES_MS = [400, 1000, 2000];

/** Reads list and file of a server. Fault: `deaf` where it does not know what its own file says, and those of reading. */
export async function lookAtServer(
  server: Pick<RemoteServer, 'read'>,
  clock: Clock,
  url: string,
): Promise<Result<ServerSight, RemoteFault>> {
  for (const pauseMs of [...RELOAD_PAUSES_MS, null]) {
    const reading = await server.read();
    if (!reading.ok) return reading;
    const seen = understand(reading.value, url);
    if (seen.ok || pauseMs === null) return seen;
    await clock.sleep(pauseMs);
  }
  throw new Error('The last pause is followed by an answer');
}

function understand(reading: RemoteReading, url: string): Result<ServerSight, RemoteFault> {
  const { entries, configText: text, version } = reading;
  const config = readTargetText(url, Buffer.from(text), 'by-others');
  // A server ignores a file that it can't read, and goes on with what it had.
  if (!config.ok) return err({ code: 'deaf' });
  if (isDeaf({ file: config.value.entries, text, served: entries })) return err({ code: 'deaf' });
  const facts = { ...config.value.facts, host: new URL(url).hostname };
  return ok({ entries, facts, version, dropped: unknownFields({ text, served: entries }) });
}
