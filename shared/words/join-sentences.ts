import * as m from './generated/messages.js';

/**
 * Sentences one after another, as the language sets them: Chinese has no space between two, except after one that
 * stands there in Latin letters, as what a catalog or a server says may.
 */
export function joinSentences(sentences: readonly string[]): string {
  const [first = '', ...others] = sentences.filter((sentence) => sentence !== '');
  return others.reduce((text, second) => {
    const pair = m.sentence_pair({ first: text, second });
    return pair === text + second && /[.?!]$/.test(text) ? `${text} ${second}` : pair;
  }, first);
}
