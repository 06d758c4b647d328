import * as m from './generated/messages.js';

const NAMED_AT_MOST = 5;

/**
 * `glm, kimi and mm`; of more than five the first five and how many more there are. `total` says how many there
 * are where `names` is only the beginning. Not by `Intl.ListFormat`: its first use takes 14 ms.
 */
export function listNames(names: readonly string[], total: number = names.length): string {
  const named = names.slice(0, NAMED_AT_MOST);
  const more = Math.max(total, names.length) - named.length;
  const separator = m.list_separator();
  if (more > 0) return m.list_more({ names: named.join(separator), count: more });
  const last = named.pop();
  if (last === undefined || named.length === 0) return last ?? '';
  return m.list_last({ names: named.join(separator), last });
}
