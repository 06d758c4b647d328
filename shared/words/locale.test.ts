import { afterEach, describe, expect, it } from 'vitest';
import * as m from './generated/messages.js';
import { baseLocale, locales, overwriteGetLocale } from './generated/runtime.js';
import { chooseLocale } from './locale.ts';

describe('the language of a host', () => {
  it.each([
    ['system', ['en-US'], 'en'],
    ['system', ['en'], 'en'],
    ['system', ['zh'], 'zh'],
    ['system', ['zh-CN'], 'zh'],
    ['system', ['zh-Hans'], 'zh'],
    ['system', ['zh-Hans-CN'], 'zh'],
    ['system', ['zh-SG'], 'zh'],
    ['system', ['ZH-cn'], 'zh'],
    ['system', ['zh_CN.UTF-8'], 'zh'],
    ['system', ['zh-TW'], 'zh'],
    ['system', ['zh-Hant-HK'], 'zh'],
    ['system', ['de-DE'], 'en'],
    ['system', ['zha'], 'en'],
    ['system', ['C'], 'en'],
    ['system', ['constructor'], 'en'],
    ['system', [''], 'en'],
    ['system', [], 'en'],
  ])('is, with the setting "%s" on a system in %j, "%s"', (setting, systemLanguages, locale) => {
    expect(chooseLocale(setting, systemLanguages)).toBe(locale);
  });

  it('is the first of the languages of the system that there are words for', () => {
    expect(chooseLocale('system', ['fr-FR', 'zh-CN', 'en-US'])).toBe('zh');
    expect(chooseLocale('system', ['fr-FR', 'en-GB', 'zh-CN'])).toBe('en');
  });

  it.each([
    ['en', ['zh-CN'], 'en'],
    ['en-GB', ['zh-CN'], 'en'],
    ['zh', ['en-US'], 'zh'],
    ['zh-CN', [], 'zh'],
    ['zh-Hant', ['en-US'], 'zh'],
    ['fr', ['zh-CN'], 'en'],
  ])('is, with the setting "%s", whatever the system says (%j), "%s"', (setting, systemLanguages, locale) => {
    expect(chooseLocale(setting, systemLanguages)).toBe(locale);
  });

  it('can be each language that there are words in', () => {
    expect(locales.map((locale) => chooseLocale(locale, []))).toEqual([...locales]);
  });
});

describe('a host that switches its language', () => {
  afterEach(() => overwriteGetLocale(() => baseLocale));

  it('speaks English until it does', () => {
    expect(m.outcome_synced({ count: 2 })).toBe('2 profiles synced');
  });

  it('gets every message in that language from then on', () => {
    overwriteGetLocale(() => chooseLocale('system', ['zh-CN']));
    expect(m.outcome_synced({ count: 1 })).toBe('已同步 1 个配置');
    expect(m.outcome_synced({ count: 2 })).toBe('已同步 2 个配置');
    overwriteGetLocale(() => chooseLocale('en', ['zh-CN']));
    expect(m.outcome_synced({ count: 1 })).toBe('1 profile synced');
  });
});
