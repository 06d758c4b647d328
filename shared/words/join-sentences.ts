import * as m from './generated/messages.js';

/** Sentences one after another, as the language sets them: Chinese has no space between two. */
export function joinSentences(sentences: readonly string[]): string {
  const [first = '', ...others] = sentences.filter((sentence) => sentence !== '');
  return others.reduce((text, second) => m.sentence_pair({ first: text, second }), first);
}
