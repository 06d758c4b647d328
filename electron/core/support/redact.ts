/** Names of values that are secrets, whatever they look like. */
const SECRET_NAME = /token|secret|password|authorization|api[-_]?key|cookie/i;
/** What keys of the providers look like: a known start, or a long run without a break that no path or hash has. */
const SECRET_TEXT =
  /\b(?:sk|pk|gsk|hf|key|ghp|xai)[-_][\w-]{6,}|\bBearer\s+\S+|\bAIza[\w-]{20,}|\$2[aby]\$\d\d\$[\w./]{20,}/g;
const HIDDEN = '…';

/**
 * A value as it may stand in a log: what looks like a key, or stands under the name of one, is replaced. The last
 * line of defence: nothing hands keys to the log in the first place.
 */
export function redact(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(SECRET_TEXT, HIDDEN);
  if (Array.isArray(value)) return value.map(redact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, isSecret(name, inner) ? HIDDEN : redact(inner)]),
  );
}

function isSecret(name: string, value: unknown): boolean {
  return typeof value === 'string' && SECRET_NAME.test(name);
}
