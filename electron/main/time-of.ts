import { describeTimeOfDay } from '../../shared/words/describe-time.ts';

/**
 * How the tray tells moments (ms since the epoch) in a language: `14:32` within half a day of `nowMs`, so that it
 * can't be taken for another day's, else with the date.
 */
export function timeOf(locale: string, nowMs: number): (moment: number) => string {
  return (moment) => {
    const isNear = Math.abs(moment - nowMs) < HALF_DAY_MS;
    return isNear
      ? describeTimeOfDay(moment, locale)
      : `${describeDay(moment, locale)} ${describeTimeOfDay(moment, locale)}`;
  };
}

const HALF_DAY_MS = 43_200_000;

function describeDay(moment: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }).format(moment);
}
