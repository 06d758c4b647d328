/** What no text for people may have, whatever it says. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'is empty': /^\s*$/,
  'has a value that is not there': /undefined|\bnull\b|NaN|\[object/,
  'has a placeholder': /[{}]/,
  'is a message key': /^[a-z0-9]+(?:_[a-z0-9]+)+$/,
  shouts: /!|\boops\b/i,
  'has white space around it': /^\s|\s$| {2}/,
};

/** For tests: what is wrong with a sentence, an empty list where nothing is. */
export function textFaults(text: string): readonly string[] {
  return Object.entries(FORBIDDEN).flatMap(([fault, pattern]) =>
    pattern.test(text) ? [`"${text}" ${fault}`] : [],
  );
}

/** A headline or a reason: one clause, without a full stop at its end. */
export function clauseFaults(text: string): readonly string[] {
  return [...textFaults(text), ...(/\.$/.test(text) ? [`"${text}" ends with a full stop`] : [])];
}

/** What to do next: whole sentences. */
export function sentenceFaults(text: string): readonly string[] {
  const isWhole = /^[A-Z`].*\.$/s.test(text);
  return [...textFaults(text), ...(isWhole ? [] : [`"${text}" is not a whole sentence`])];
}
