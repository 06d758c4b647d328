import type { DiagnosticsReport } from '../../shared/schema/diagnostics.ts';

/** The most that a host's clipboard takes (shared/schema/requests.ts, `CopyText`). */
const MOST_CHARACTERS = 1_000_000;

/** The report as it is shown and copied: indented, unless that makes it too long for the clipboard. */
export function reportText(report: DiagnosticsReport): string {
  const indented = JSON.stringify(report, null, 2);
  return indented.length <= MOST_CHARACTERS ? indented : JSON.stringify(report);
}
