import { describe, expect, it } from 'vitest';
import { SettingsChange } from '../../shared/schema/settings.ts';
import { languageOptionOf, languageOptions } from './language-options.ts';

describe('the languages to choose from', () => {
  it('are named in themselves, and the system tells which it is', () => {
    expect(languageOptions(['zh-CN', 'en']).map(({ label }) => label)).toEqual([
      'As the system (简体中文)',
      'English',
      '简体中文',
    ]);
  });

  it('are tags that can be saved, and that are found again', () => {
    for (const { value } of languageOptions(['en'])) {
      expect(SettingsChange.safeParse({ language: value }).success, value).toBe(true);
      expect(languageOptionOf(value)).toBe(value);
    }
  });

  it('hold each kind of a language that a setting may name', () => {
    expect(languageOptionOf('zh-TW')).toBe('zh-Hans');
    expect(languageOptionOf('en-GB')).toBe('en');
    expect(languageOptionOf('fr')).toBe('en');
  });
});
