import { chooseLocale } from '../../shared/words/locale.ts';
import * as m from '../../shared/words/generated/messages.js';

/** The tag that is saved for each language that there are words for. */
const TAGS = { en: 'en', zh: 'zh-Hans' } as const;

export type LanguageTag = 'system' | (typeof TAGS)[keyof typeof TAGS];

/** Each language by its own name, so that everyone finds theirs; the system's says which one that is. */
export function languageOptions(
  systemLanguages: readonly string[],
): readonly { readonly value: LanguageTag; readonly label: string }[] {
  const system = ownName(TAGS[chooseLocale('system', systemLanguages)]);
  return [
    { value: 'system', label: m.settings_language_system({ language: system }) },
    ...Object.values(TAGS).map((value) => ({ value, label: ownName(value) })),
  ];
}

/** The option that a setting stands for: any kind of Chinese is the one that there is. */
export function languageOptionOf(setting: string): LanguageTag {
  return setting === 'system' ? 'system' : TAGS[chooseLocale(setting, [])];
}

function ownName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
}
