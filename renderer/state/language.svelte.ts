import { chooseLocale, type Locale } from '../../shared/words/locale.ts';
import { overwriteGetLocale } from '../../shared/words/generated/runtime.js';

/** The language of all words: the messages read it, so that what shows them follows. */
export interface Language {
  readonly locale: Locale;
  /** `system`, or a BCP 47 tag. */
  choose(setting: string): void;
}

export function createLanguage(): Language {
  let locale = $state<Locale>(chooseLocale('system', navigator.languages));
  overwriteGetLocale(() => locale);
  const tell = (): void => {
    document.documentElement.lang = locale === 'zh' ? 'zh-Hans' : locale;
  };
  tell();
  return {
    get locale() {
      return locale;
    },
    choose: (setting) => {
      locale = chooseLocale(setting, navigator.languages);
      tell();
    },
  };
}
