import type { Locale } from '../generated/runtime.js';
import en from '../en.json' with { type: 'json' };
import zh from '../zh.json' with { type: 'json' };

/** A message whose text depends on a number, as the compiler's message format writes it. */
export interface PluralMessage {
  readonly declarations: readonly string[];
  readonly selectors: readonly string[];
  /** Texts by `countPlural=one`, `countPlural=other`. */
  readonly match: Readonly<Record<string, string>>;
}

export type Message = string | readonly PluralMessage[];
export type Catalog = Readonly<Record<string, Message>>;

/** For tests: the messages of each language as they are written. */
export const CATALOGS: Readonly<Record<Locale, Catalog>> = { en, zh };

/** All texts of a message, one for each form. */
export function textsOf(message: Message): readonly string[] {
  return typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match));
}

/** What is filled in, in any of its forms: `{count}`, `{name}`. */
export function parametersOf(message: Message): readonly string[] {
  const names = textsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []);
  return [...new Set(names)].sort();
}
