import * as z from 'zod/mini';
import { DoctorReport } from './finding.ts';
import { AppState } from './state.ts';

/** Everything that helps to find a fault, and no key. */
export const DiagnosticsReport = z.object({
  version: z.string(),
  node: z.string(),
  platform: z.string(),
  stateFolder: z.string(),
  /** The log of the service that answered; null where it keeps none. */
  log: z.nullable(z.string()),
  state: AppState,
  doctor: DoctorReport,
});
export type DiagnosticsReport = z.infer<typeof DiagnosticsReport>;
