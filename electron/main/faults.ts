import { homedir } from 'node:os';
import { app, dialog } from 'electron';
import * as m from '../../shared/words/generated/messages.js';
import { stateFolderPath } from '../core/files/state-folder.ts';
import { systemClock } from '../core/support/clock.ts';
import { createLogger, type Logger, logPath } from '../core/support/logger.ts';
import { redact } from '../core/support/redact.ts';

/** The one place where bugs end: written down, and told once a run. */
export interface Faults {
  /** `event`: what the log calls it. */
  report(event: string, fault: unknown): void;
  /** Only written down: somebody was told already. `reason`: a word of the system. */
  note(event: string, reason: string): void;
  /** One after which nothing can go on: the program ends when it has been told. */
  fatal(fault: unknown): void;
}

/** Catches what nobody else does, from now on. */
export function catchFaults(): Faults {
  let isTold = false;

  async function tell(isFatal: boolean): Promise<void> {
    if (isTold && !isFatal) return;
    isTold = true;
    await app.whenReady();
    const path = faultLog()?.path ?? '';
    await dialog.showMessageBox({
      type: 'error',
      message: isFatal ? m.main_fault_fatal() : m.main_fault(),
      detail: path === '' ? m.main_fault_detail_no_log() : m.main_fault_detail({ path }),
      buttons: [m.main_ok()],
    });
    if (isFatal) app.exit(1);
  }

  function report(event: string, fault: unknown): void {
    write(event, fault);
    void tell(false);
  }

  // A terminal that was closed takes the standard streams along; saying so there would fail again, for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('uncaughtException', (fault) => report('uncaught', fault));
  process.on('unhandledRejection', (fault) => report('unhandled', fault));
  return {
    report,
    note: (event, reason) => faultLog()?.write({ level: 'error', event, reason }),
    fatal: (fault) => {
      write('fatal', fault);
      void tell(true);
    },
  };
}

function write(event: string, fault: unknown): void {
  // Code and paths; what the core throws holds no key, and what looks like one is masked.
  const stack = String(redact(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)));
  faultLog()?.write({ level: 'error', event, fault: stack });
  process.stderr.write(`${event}: ${stack}\n`);
}

/** The log of the service; null where the system knows no home. */
function faultLog(): Logger | null {
  const { env, platform } = process;
  const home = homedir();
  const folder = stateFolderPath(env, platform, home);
  if (!folder.ok) return null;
  const path = logPath(folder.value, { platform, homedir: home });
  return createLogger({ path, clock: systemClock(), verbose: false });
}
