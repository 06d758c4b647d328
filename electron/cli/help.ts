import type { Command, CommandEntry, OptionSpec } from './command.ts';
import { GLOBAL_OPTIONS } from './parse-command-line.ts';

/** What `cliproxy-sync --help` shows, line by line. */
export function helpOf(commands: readonly CommandEntry[]): readonly string[] {
  return [
    'Usage: cliproxy-sync COMMAND [OPTIONS]',
    '',
    'Keeps the claude-api-key entries of CLIProxyAPI equal to your CCS profiles.',
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    '`cliproxy-sync COMMAND --help` tells a command’s options; --version the version.',
    'CCS_DIR, or CCS_HOME (its .ccs folder), or HOME choose whose profiles.',
    'Exit codes: 0 fine, 1 failed, 2 wrong usage, 3 needs a person.',
  ];
}

/** What `cliproxy-sync COMMAND --help` shows, line by line. */
export function helpOfCommand({ name, usage, summary, options }: Command): readonly string[] {
  const line = ['Usage: cliproxy-sync', name, usage, '[OPTIONS]'].filter((word) => word !== '').join(' ');
  const rows = Object.entries({ ...options, ...GLOBAL_OPTIONS }).map(
    ([option, spec]) => [nameOf(option, spec), spec.help] as const,
  );
  return [line, '', summary, '', ...columns(rows)];
}

function nameOf(option: string, { value, short }: OptionSpec): string {
  const name = value === null ? `--${option}` : `--${option} ${value}`;
  return short === undefined ? name : `${name}, -${short}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`);
}
