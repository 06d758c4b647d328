import { afterEach, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from './generated/runtime.js';
import { joinSentences } from './join-sentences.ts';

afterEach(() => overwriteGetLocale(() => 'en'));

describe('two sentences', () => {
  it.each([
    ['en', ['It failed.', 'Try again.'], 'It failed. Try again.'],
    ['zh', ['失败了。', '请重试。'], '失败了。请重试。'],
    ['zh', ['Use the newer one.', '请重试。'], 'Use the newer one. 请重试。'],
    ['en', ['', 'Try again.', ''], 'Try again.'],
  ] as const)('stand beside each other as %s sets them: %j', (locale, sentences, joined) => {
    overwriteGetLocale(() => locale);
    expect(joinSentences(sentences)).toBe(joined);
  });
});
