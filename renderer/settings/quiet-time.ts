import * as m from '../../shared/words/generated/messages.js';

/** As shared/schema/settings.ts has it, in milliseconds. */
export const QUIET_LEAST_MS = 50;
export const QUIET_MOST_MS = 60_000;

/** What is wrong with a quiet time as it is typed (milliseconds); null where it can be saved. */
export function quietTimeProblem(text: string): string | null {
  const typed = text.trim();
  if (!/^\d+$/.test(typed)) return m.settings_quiet_not_a_number();
  const ms = Number(typed);
  const isInside = ms >= QUIET_LEAST_MS && ms <= QUIET_MOST_MS;
  return isInside ? null : m.settings_quiet_outside({ least: QUIET_LEAST_MS, most: QUIET_MOST_MS });
}
