import { describe, expect, it } from 'vitest';
import * as messages from './generated/messages.js';
import { baseLocale, locales } from './generated/runtime.js';
import { CATALOGS, parametersOf, textsOf, type Message } from './testing/catalog.ts';
import { textFaults } from './testing/text-faults.ts';

/** Names that are the same in every language. */
const KEPT_NAMES =
  /CLIProxyAPI|CLIProxy Sync|CCS|GitHub|JSON|YAML|Base URL|ANTHROPIC_\w+|[\w-]+\.(?:json|yaml)/g;

const FULL_WIDTH_ENDS: Readonly<Record<string, string>> = { '.': '。', '?': '？', ':': '：', '…': '…' };

const catalog = CATALOGS[baseLocale];
const keys = Object.keys(catalog);

describe.each(locales.filter((locale) => locale !== baseLocale))('the message catalog in "%s"', (locale) => {
  const translated = CATALOGS[locale];
  const common = keys.flatMap((key) => {
    const message = translated[key];
    const source = catalog[key];
    return message === undefined || source === undefined ? [] : [{ key, message, source }];
  });

  it('has the same messages', () => {
    expect(Object.keys(translated).sort()).toEqual([...keys].sort());
  });

  it('is compiled as it stands', () => {
    const inputs = new Proxy({}, { get: (_target, name) => `<${String(name)}>` });
    const compiled = messages as unknown as Readonly<
      Record<string, (inputs: object, options: { locale: string }) => string>
    >;
    const otherwise = Object.entries(translated).filter(([key, message]) => {
      const text = textsOf(message)
        .at(-1)
        ?.replaceAll(/\{(\w+)\}/g, '<$1>');
      return compiled[key]?.(inputs, { locale }) !== text;
    });
    expect(otherwise.map(([key]) => key)).toEqual([]);
  });

  it('has the same parameters in each message', () => {
    const parameters = (pick: (of: (typeof common)[number]) => Message): readonly string[] =>
      common.map((of) => `${of.key}: ${parametersOf(pick(of)).join(' ')}`);
    expect(parameters(({ message }) => message)).toEqual(parameters(({ source }) => source));
  });

  // One text for all numbers is a whole form only where the language has no other.
  it('has each plural in all forms of its language', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const formsOf = (message: Message): readonly string[] =>
      typeof message === 'string'
        ? ['other']
        : message.flatMap(({ match }) => Object.keys(match).map((form) => form.replace(/^\w+=/, '')));
    const incomplete = common.filter(
      ({ message, source }) =>
        typeof source !== 'string' && formsOf(message).join() !== [...pluralCategories].join(),
    );
    expect(incomplete.map(({ key }) => key)).toEqual([]);
  });

  it('leaves commands and other code as they are', () => {
    const codeOf = (message: Message): string =>
      (textsOf(message)[0]?.match(/`[^`]*`/g) ?? []).sort().join(' ');
    const changed = common.filter(({ message, source }) => codeOf(message) !== codeOf(source));
    expect(changed.map(({ key }) => key)).toEqual([]);
  });

  it('says nothing that our voice does not say', () => {
    const texts = Object.entries(translated).flatMap(([key, message]) =>
      key === 'list_separator' ? [] : textsOf(message),
    );
    expect(texts.flatMap((text) => textFaults(text.replaceAll(/\{\w+\}/g, 'x')))).toEqual([]);
  });
});

describe('the Chinese messages', () => {
  const texts = Object.entries(CATALOGS.zh).flatMap(([key, message]) =>
    textsOf(message).map((text) => [key, text] as const),
  );
  const faulty = (isFaulty: (text: string) => boolean): readonly string[] =>
    texts.filter(([, text]) => isFaulty(text)).map(([key, text]) => `${key}: ${text}`);

  it('are Chinese', () => {
    const isLeft = (text: string): boolean => {
      const words = text.replaceAll(/`[^`]*`|\{\w+\}/g, '').replaceAll(KEPT_NAMES, '');
      return /[a-z]{3,}/i.test(words) && !/\p{Script=Han}/u.test(words);
    };
    expect(faulty(isLeft)).toEqual([]);
    expect(faulty((text) => /[a-z]{2,} [a-z]{2,}/.test(text.replaceAll(/`[^`]*`/g, '')))).toEqual([]);
  });

  it('have the punctuation of Chinese', () => {
    expect(faulty((text) => /\p{Script=Han}[,;()?!]|[,;()?!]\p{Script=Han}/u.test(text))).toEqual([]);
    const endOf = (message: Message): string => textsOf(message)[0]?.at(-1) ?? '';
    const chinese = CATALOGS.zh;
    const otherEnds = keys.filter((key) => {
      const expected = FULL_WIDTH_ENDS[endOf(catalog[key] ?? '')];
      const message = chinese[key];
      return expected !== undefined && message !== undefined && endOf(message) !== expected;
    });
    expect(otherEnds).toEqual([]);
  });

  it('have a space between Chinese and Latin letters or digits', () => {
    expect(faulty((text) => /\p{Script=Han}[a-z0-9`]|[a-z0-9`]\p{Script=Han}/iu.test(text))).toEqual([]);
  });

  it('neither bow nor shout', () => {
    expect(faulty((text) => /[您！]/.test(text))).toEqual([]);
  });
});
