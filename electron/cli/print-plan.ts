import { maskedText } from '../../shared/schema/masked.ts';
import type {
  FieldDiff,
  FieldValue,
  OperationView,
  PlanView,
  PlanWarning,
} from '../../shared/schema/plan.ts';
import { skipGroup } from '../../shared/schema/skip-group.ts';
import { describeOperation } from '../../shared/words/describe-operation.ts';
import { describeSkip } from '../../shared/words/describe-skip.ts';
import { describeWarning } from '../../shared/words/describe-warning.ts';
import type { Terminal } from './terminal.ts';
import { type Color, type Painted, painted } from './terminal-text.ts';

/** The masked diff of operations, one block an entry, as git would show it. */
export function printOperations(terminal: Terminal, operations: readonly OperationView[]): void {
  for (const operation of operations) {
    const { sign, color } = signOf(operation);
    terminal.print(painted(color, `${sign} ${describeOperation(operation)}`));
    for (const diff of operation.diff) terminal.print('    ', diffLine(diff));
  }
}

/** The operations in a line each, without their diffs. */
export function printOperationLines(terminal: Terminal, operations: readonly OperationView[]): void {
  for (const operation of operations) {
    const { sign, color } = signOf(operation);
    terminal.print('  ', painted(color, sign), ` ${describeOperation(operation)}`);
  }
}

export function printWarnings(terminal: Terminal, warnings: readonly PlanWarning[]): void {
  for (const warning of warnings) {
    const { what, next } = describeWarning(warning);
    terminal.note(painted('yellow', 'warning:'), ` ${what}`);
    if (next !== '') terminal.note(`  ${next}`);
  }
}

/** Skipped profiles: those that ask something of the user, and with `all` the others too. */
export function printSkipped(terminal: Terminal, plan: PlanView, all: boolean): void {
  for (const { profile, path, reason } of plan.skipped) {
    const needsYou = skipGroup(reason.code) === 'needs-you';
    if (!needsYou && !all) continue;
    const { why, fix } = describeSkip(reason, profile);
    terminal.print('  ', painted(needsYou ? 'yellow' : 'dim', 'skipped'), ` ${profile}: ${why}`);
    if (fix !== null) terminal.print(`    ${fix}`);
    if (needsYou) terminal.print('    ', painted('dim', placeOf(path, reason)));
  }
}

/** Where to look, as editors and terminals take it: `glm.settings.json:4`. */
export function placeOf(path: string, reason: PlanView['skipped'][number]['reason']): string {
  return reason.code === 'unreadable' && reason.line !== null ? `${path}:${reason.line}` : path;
}

function signOf({ op }: OperationView): { readonly sign: string; readonly color: Color } {
  switch (op) {
    case 'add':
    case 'restore':
      return { sign: '+', color: 'green' };
    case 'remove':
      return { sign: '-', color: 'red' };
    case 'update':
    case 'adopt':
      return { sign: '~', color: 'yellow' };
    case 'leave':
      return { sign: '=', color: 'dim' };
    case 'review':
      return { sign: '?', color: 'yellow' };
  }
}

function diffLine({ field, before, after }: FieldDiff): Painted {
  const name = field.padEnd(8);
  if (before === null) return painted('green', `+ ${name} ${after === null ? '' : shown(after)}`);
  if (after === null) return painted('red', `- ${name} ${shown(before)}`);
  return painted('yellow', `~ ${name} ${shown(before)} -> ${shown(after)}`);
}

function shown(value: FieldValue): string {
  return value.kind === 'key' ? maskedText(value.key) : value.text;
}
