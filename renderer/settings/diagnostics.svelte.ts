import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { DiagnosticsReport } from '../../shared/schema/diagnostics.ts';

/** What the service found when it last looked at everything. */
export interface Diagnostics {
  /** Null until it looked for the first time. */
  readonly report: DiagnosticsReport | null;
  readonly error: AppError | null;
  readonly isChecking: boolean;
  /** Looks again; what was found before stays until then. */
  check(): Promise<void>;
}

export function createDiagnostics(client: Client): Diagnostics {
  let report = $state.raw<DiagnosticsReport | null>(null);
  let error = $state.raw<AppError | null>(null);
  let isChecking = $state(false);
  return {
    get report() {
      return report;
    },
    get error() {
      return error;
    },
    get isChecking() {
      return isChecking;
    },
    check: async () => {
      if (isChecking) return;
      isChecking = true;
      const answer = await client.call('diagnostics.report', {});
      isChecking = false;
      if (answer.ok) report = answer.value;
      error = answer.ok ? null : answer.error;
    },
  };
}
