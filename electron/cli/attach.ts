import { version } from '../../package.json';
import { createClient } from '../../shared/client.ts';
import * as m from '../../shared/words/generated/messages.js';
import { type Core, type CoreDeps, createContext } from '../core/core.ts';
import { connectToService } from '../service/socket-client.ts';
import { socketPlace } from '../service/socket-path.ts';
import type { Hello } from '../service/socket-protocol.ts';
import { attachedCore } from './attached-core.ts';
import type { Terminal } from './terminal.ts';

/** The engine that a command works with, and how to let go of it. */
export interface Attachment {
  readonly core: Core;
  /** The service that runs, also one of another version, which is not attached to. */
  readonly service: Hello | null;
  dispose(): void;
}

/** The service's engine where one runs, so that nobody works beside it; else the engine of this process. */
export async function attach(
  alone: Core,
  { deps, terminal }: { readonly deps: CoreDeps; readonly terminal: Terminal },
): Promise<Attachment> {
  const nothing: Attachment = { core: alone, service: null, dispose: () => undefined };
  const context = createContext(deps);
  if (!context.ok) return nothing;
  const connection = await connectToService(socketPlace(context.value));
  if (connection === null) return nothing;
  if (connection.hello.version !== version) {
    // Locks keep the two apart, so that working beside it is safe.
    terminal.note(m.cli_other_version({ version: connection.hello.version }));
    connection.dispose();
    return { ...nothing, service: connection.hello };
  }
  return {
    core: attachedCore(createClient(connection), alone),
    service: connection.hello,
    dispose: () => connection.dispose(),
  };
}
