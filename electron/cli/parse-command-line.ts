import { parseArgs } from 'node:util';
import type { Command, OptionSpec } from './command.ts';
import { UsageError } from './usage-error.ts';

/** Options that every command understands. */
export const GLOBAL_OPTIONS: Readonly<Record<string, OptionSpec>> = {
  json: { value: null, help: 'print a stable JSON document (docs/cli.md)' },
  help: { value: null, short: 'h', help: 'show this help' },
};

export interface CommandLine {
  readonly names: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/** Reads the words behind a command's name. Throws `UsageError`. */
export function parseCommandLine(command: Command, words: readonly string[]): CommandLine {
  const specs = { ...GLOBAL_OPTIONS, ...command.options };
  const options = Object.fromEntries(
    Object.entries(specs).map(([name, { value, short }]) => [
      name,
      {
        type: value === null ? 'boolean' : 'string',
        ...(short === undefined ? {} : { short }),
      } as const,
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
  const { positionals, values, tokens } = parsed;
  checkOnce(
    tokens.flatMap((token) => (token.kind === 'option' && token.value !== undefined ? [token.name] : [])),
  );
  if (command.mostNames !== null && positionals.length > command.mostNames) {
    throw new UsageError(`\`${command.name}\` does not know what to do with \`${positionals.at(-1) ?? ''}\``);
  }
  const given = Object.entries(values);
  return {
    names: positionals,
    flags: new Set(given.filter(([, value]) => value === true).map(([name]) => name)),
    values: new Map(
      given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
    ),
  };
}

/** The last one would count, and nobody would notice. */
function checkOnce(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`--${twice} is there more than once`);
}
