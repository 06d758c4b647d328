import { chooseLocale, type Locale } from '../../shared/words/locale.ts';
import { overwriteGetLocale } from '../../shared/words/generated/runtime.js';

/** The language of everything that main says. */
export interface Language {
  readonly locale: () => Locale;
  /** `setting`: `system`, or a BCP 47 tag. True where another language came of it. */
  choose(setting: string): boolean;
}

/** Begins with the system's language. `systemLanguages`: what a person prefers, best first. */
export function createLanguage(systemLanguages: () => readonly string[]): Language {
  let locale = chooseLocale('system', systemLanguages());
  overwriteGetLocale(() => locale);
  return {
    locale: () => locale,
    choose: (setting) => {
      const before = locale;
      locale = chooseLocale(setting, systemLanguages());
      return locale !== before;
    },
  };
}
