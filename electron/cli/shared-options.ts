import type { OptionSpec } from './command.ts';

export const YES_OPTION: OptionSpec = { value: null, help: 'agree to what would be asked on a terminal' };
export const DRY_RUN_OPTION: OptionSpec = { value: null, help: 'say what would be done, and write nothing' };
export const TARGET_OPTION: OptionSpec = {
  value: 'NAME',
  help: 'the target, by name or id: `local`, or one that `targets` lists',
};
