import type { AppError } from '../../shared/errors.ts';
import type { CommandInput, OptionSpec } from './command.ts';

export const YES_OPTION: OptionSpec = { value: null, help: 'agree to what would be asked on a terminal' };
export const DRY_RUN_OPTION: OptionSpec = { value: null, help: 'say what would be done, and write nothing' };
export const TARGET_OPTION: OptionSpec = {
  value: 'ID',
  help: 'the target; `local` is the only one so far, and naming it takes up a released one again',
};

/** Refuses a target that there is not. */
export function checkTarget({ values }: CommandInput): AppError | null {
  const name = values.get('target');
  return name === undefined || name === 'local' ? null : { code: 'unknown-target', name };
}
