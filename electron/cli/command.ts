import type { Core, CoreDeps } from '../core/core.ts';
import type { Hello } from '../service/socket-protocol.ts';
import type { ExitCode } from './exit-code.ts';
import type { Audience } from './report.ts';

/** An option of a command: a flag, or one that takes a value (named in capitals in the help). */
export interface OptionSpec {
  readonly value: string | null;
  /** The letter behind a single dash. */
  readonly short?: string;
  readonly help: string;
}

/** What a command was called with. */
export interface CommandInput extends Audience {
  readonly core: Core;
  /** The service of ours that runs for these profiles; null where none does, or where the command looks itself. */
  readonly service: Hello | null;
  /** What the engine is made of, for commands that host it themselves. */
  readonly deps: CoreDeps;
  /** The process, for commands that live until they are ended. */
  readonly signals: Pick<NodeJS.Process, 'once'>;
  readonly names: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/** A command as the list of all knows it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandBody>;
}

/** What a command takes and does. */
export interface CommandBody {
  /** The words behind the name: `[NAME…]`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** At most this many words may follow; null for any number. */
  readonly mostNames: number | null;
  /** Works beside a running service, or is one; the others use its engine where it runs. */
  readonly alone?: true;
  run(input: CommandInput): Promise<ExitCode>;
}

export type Command = Omit<CommandEntry, 'load'> & CommandBody;
