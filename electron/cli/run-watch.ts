import * as m from '../../shared/words/generated/messages.js';
import type { CommandInput } from './command.ts';
import type { ExitCode } from './exit-code.ts';
import { hostService, untilEnded } from './host-service.ts';
import { reportError } from './report.ts';

/** Watches and syncs until it is ended. */
export async function runWatch(input: CommandInput): Promise<ExitCode> {
  const service = await hostService(input, { kind: 'watch', webLink: () => null });
  if (!service.ok) return reportError(input, service.error);
  const { ccsDirectory } = service.value.live.state();
  input.terminal.note(m.cli_watching({ path: ccsDirectory, pid: process.pid }));
  return untilEnded(input, service.value);
}
