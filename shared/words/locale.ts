import type { Locale } from './generated/runtime.js';

export type { Locale };

/**
 * The language that a host speaks: what the setting names, else the first of the system's languages that there are
 * words for, else English.
 *
 * `setting` is `system` or a BCP 47 tag; `systemLanguages` the languages a person prefers, best first, as a browser
 * and Electron tell them (`zh-Hans-CN`) or as a POSIX environment does (`zh_CN.UTF-8`). Every kind of Chinese is
 * read as `zh`: the words are in simplified characters, which are nearer to a reader of traditional ones than
 * English. A host switches with `overwriteGetLocale` of `generated/runtime.js` (docs/architecture.md, Words).
 */
export function chooseLocale(setting: string, systemLanguages: readonly string[]): Locale {
  const wanted = setting === 'system' ? systemLanguages : [setting];
  return wanted.map(localeOf).find((locale) => locale !== null) ?? 'en';
}

const LOCALES: readonly Locale[] = ['en', 'zh'];

function localeOf(tag: string): Locale | null {
  const language = tag.split(/[-_.]/, 1)[0]?.toLowerCase();
  return LOCALES.find((locale) => locale === language) ?? null;
}
