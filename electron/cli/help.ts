import type { Command, OptionSpec } from './command.ts';
import { GLOBAL_OPTIONS } from './parse-command-line.ts';

export function helpOf(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`);
  return [
    'Usage: cliproxy-sync COMMAND [OPTIONS]',
    '',
    'Keeps the claude-api-key entries of CLIProxyAPI equal to your CCS profiles.',
    '',
    ...rows,
    '',
    '`cliproxy-sync COMMAND --help` tells a command’s options; --version the version.',
    'CCS_DIR, or CCS_HOME (its .ccs folder), or HOME choose whose profiles.',
  ].join('\n');
}

export function helpOfCommand({ name, usage, summary, options }: Command): string {
  const line = ['Usage: cliproxy-sync', name, usage, '[OPTIONS]'].filter((word) => word !== '').join(' ');
  return [line, '', summary, '', ...optionRows({ ...options, ...GLOBAL_OPTIONS })].join('\n');
}

function optionRows(options: Readonly<Record<string, OptionSpec>>): string[] {
  const rows = Object.entries(options).map(([name, { value, help }]) => {
    return [`  --${name}${value === null ? '' : ` ${value}`}`, help] as const;
  });
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, help]) => `${name.padEnd(width)}  ${help}`);
}
