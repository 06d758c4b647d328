/** Where the scale of the bars begins, in tokens: less is a sliver. */
const SCALE_FROM = 1000;
/** A bar never vanishes: something is known. */
const LEAST_SHARE = 0.04;

/** `200k`, `1M`, `1.5M`: short enough for a column; the exact number stands beside it for those who ask. */
export function shortTokens(tokens: number): string {
  // 999,500 and more would round to 1000k.
  if (tokens >= 999_500) return `${rounded(tokens / 1_000_000)}M`;
  if (tokens >= 10_000) return `${Math.round(tokens / 1000)}k`;
  return tokens >= 1000 ? `${rounded(tokens / 1000)}k` : String(tokens);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * How long the bar of a number is, from 0 to 1, beside one that is `most`. The scale is logarithmic: contexts differ
 * by a factor of hundreds, and twice as much is one step wherever it is.
 */
export function barShare(tokens: number, most: number): number {
  const span = Math.log(Math.max(most, SCALE_FROM * 2) / SCALE_FROM);
  const share = Math.log(Math.max(tokens, 1) / SCALE_FROM) / span;
  return Math.min(1, Math.max(LEAST_SHARE, share));
}
