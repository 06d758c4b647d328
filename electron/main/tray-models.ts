import type { TroubledProfile } from '../../shared/catalog/troubled-profiles.ts';
import { countTroubles } from '../../shared/words/describe-trouble.ts';
import type { Route } from '../../shared/state/routes.ts';
import { opening, type TrayRow } from './tray-row.ts';

/** Where the window shows what speaks against the models: at the one profile, else in the list of all. */
export function routeToTroubled(troubled: readonly TroubledProfile[]): Route {
  const [first, ...others] = troubled;
  return { view: 'profiles', name: first === undefined || others.length > 0 ? null : first.profile };
}

/** One quiet row about models to look at, where there are any: it colours no icon, for nothing fails yet. */
export function modelRows(troubled: readonly TroubledProfile[]): readonly TrayRow[] {
  if (troubled.length === 0) return [];
  return [opening(countTroubles(troubled.map(({ trouble }) => trouble)), routeToTroubled(troubled))];
}
