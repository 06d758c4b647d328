import { version } from '../../package.json';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { AppState, Capabilities } from '../../shared/schema/state.ts';
import * as m from '../../shared/words/generated/messages.js';
import { type HostAbilities, NO_ABILITIES } from '../service/host-abilities.ts';
import { type Service, startService } from '../service/start-service.ts';
import type { CommandInput } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { printChanges } from './print-changes.ts';

/** A terminal has none of what a desktop has. */
const CAPABILITIES: Capabilities = {
  tray: false,
  autostart: false,
  notifications: false,
  openFile: false,
  clipboard: false,
};

/** Starts the service for a command that lives until it is ended. Errors: those of `startService`. */
export function hostService(
  { deps, flags }: CommandInput,
  host: { readonly kind: AppState['service']['host']; readonly webLink: () => HostAbilities['webLink'] },
): Promise<Result<Service, AppError>> {
  return startService({
    deps,
    host: host.kind,
    version,
    capabilities: CAPABILITIES,
    abilities: () => ({ ...NO_ABILITIES, webLink: host.webLink() }),
    verbose: flags.has('verbose'),
  });
}

/** Prints a line a change until a signal comes. A second signal ends the process at once. */
export async function untilEnded(input: CommandInput, service: Service): Promise<ExitCode> {
  const printing = printChanges(input, service.live);
  await signal(input.signals);
  printing.dispose();
  await service.close();
  input.terminal.note(m.cli_ended());
  return ExitCode.fine;
}

function signal(signals: CommandInput['signals']): Promise<void> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) signals.once(name, () => resolve());
  });
}
