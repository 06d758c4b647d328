import { expect, it } from 'vitest';
import type { JsonEntry } from '../targets/remote-server.ts';
import { readTargetText } from '../targets/target-text.ts';
import { listOfText, textOfList } from './remote-list.ts';

const LIST: readonly JsonEntry[] = [
  {
    'api-key': 'sk-test-own',
    priority: 5,
    weight: 0.5,
    headers: { 'X-Team': 'blue: "1"', Empty: '' },
    'excluded-models': ['claude-*', 'yes', '1e5', 'null', '# no comment'],
    cloak: { mode: 'auto', 'strict-mode': true, 'sensitive-words': [] },
    models: [{ name: 'glm-5', alias: '', thinking: { levels: ['low'] } }],
    'proxy-url': null,
    note: 'two\nlines\u0000\u2028 and é 漢字 \ud83d\ude00',
  },
  { 'api-key': '0123', prefix: ' spaced ', 'base-url': 'https://glm.test', 'a key: with "signs"': false },
  {},
];

it.each([[[]], [LIST]])('carries a list there and back', (entries) => {
  const text = textOfList(entries);
  expect(text.ok && listOfText(text.value)).toEqual(entries);
});

it('makes a text that is read as a configuration with these entries', () => {
  const text = textOfList(LIST);
  const content = text.ok ? readTargetText('', Buffer.from(text.value), 'by-others') : text;
  if (!content.ok) throw new Error(JSON.stringify(content.error));
  expect(content.value.entries.map(({ apiKey, prefix, malformed }) => [apiKey, prefix, malformed])).toEqual([
    ['sk-test-own', '', false],
    ['0123', ' spaced ', false],
    ['', '', false],
  ]);
  expect(content.value.entries[0]?.otherFields).toEqual(
    expect.arrayContaining(['priority', 'headers', 'cloak']),
  );
});

it('refuses what can’t be sent back as it came', () => {
  expect(textOfList([{ 'api-key': 'sk-test-own', priority: JSON.parse('1e400') as unknown }])).toEqual({
    ok: false,
    error: { code: 'bad-answer', reason: 'not-representable' },
  });
});

it('refuses what is nested deeper than anything can be written', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
  expect(textOfList([{ 'api-key': 'sk-test-own', headers: deep }])).toMatchObject({ ok: false });
});
