import * as m from './generated/messages.js';
import { getLocale } from './generated/runtime.js';

const NAMED_AT_MOST = 5;

/**
 * `glm, kimi and mm`; of more than five the first five and how many more there are. `total` says how many there
 * are where `names` is only the beginning.
 */
export function listNames(names: readonly string[], total: number = names.length): string {
  const named = names.slice(0, NAMED_AT_MOST);
  const more = Math.max(total, names.length) - named.length;
  if (more > 0) return m.list_more({ names: named.join(m.list_separator()), count: more });
  return new Intl.ListFormat(getLocale(), { type: 'conjunction' }).format(named);
}
