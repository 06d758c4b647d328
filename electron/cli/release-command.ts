import type { CommandBody } from './command.ts';
import { chosenTarget } from './find-target.ts';
import { reportError } from './report.ts';
import { DRY_RUN_OPTION, TARGET_OPTION } from './shared-options.ts';
import { reportUndo } from './undo-command.ts';
import { UsageError } from './usage-error.ts';

export const releaseCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: {
    keep: { value: null, help: 'leave the entries: they are yours from now on' },
    remove: { value: null, help: 'take the entries out' },
    'dry-run': DRY_RUN_OPTION,
    target: TARGET_OPTION,
  },
  run: async (input) => {
    const { core, flags } = input;
    const target = chosenTarget(input);
    if (!target.ok) return reportError(input, target.error);
    if (flags.has('keep') === flags.has('remove'))
      throw new UsageError('release needs either --keep or --remove');
    const request = { target: target.value, dryRun: flags.has('dry-run'), accepted: true };
    return reportUndo(input, await core.release(flags.has('keep') ? 'keep' : 'remove', request));
  },
};
