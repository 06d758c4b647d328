import type { CommandBody } from './command.ts';
import { reportError } from './report.ts';
import { checkTarget, DRY_RUN_OPTION, TARGET_OPTION } from './shared-options.ts';
import { reportUndo } from './undo-command.ts';
import { UsageError } from './usage-error.ts';

export const releaseCommand: CommandBody = {
  usage: '',
  mostNames: 0,
  options: {
    keep: { value: null, help: 'leave the entries: they are yours from now on' },
    remove: { value: null, help: 'take the entries out' },
    'dry-run': DRY_RUN_OPTION,
    target: { ...TARGET_OPTION, help: 'the target; `local` is the only one so far' },
  },
  run: async (input) => {
    const { core, flags } = input;
    const wrong = checkTarget(input);
    if (wrong !== null) return reportError(input, wrong);
    if (flags.has('keep') === flags.has('remove'))
      throw new UsageError('release needs either --keep or --remove');
    const request = { dryRun: flags.has('dry-run'), accepted: true };
    return reportUndo(input, await core.release(flags.has('keep') ? 'keep' : 'remove', request));
  },
};
