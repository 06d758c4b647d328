import { expect, it } from 'vitest';
import type { JsonEntry } from '../targets/remote-server.ts';
import { readTargetText } from '../targets/target-text.ts';
import { isDeaf, unknownFields } from './deaf-server.ts';

const FILE = `port: 8317
claude-api-key:
  - api-key: sk-test-own
    prefix: own-
    headers: {X-Team: blue}
    excluded-models: [B-*, a-*]
    priority: 0
`;
const SERVED: JsonEntry = {
  'api-key': 'sk-test-own',
  prefix: 'own-',
  'base-url': '',
  headers: { 'X-Team': 'blue' },
  'excluded-models': ['a-*', 'b-*'],
  weight: 1,
};

function deaf(text: string, served: readonly JsonEntry[]): boolean {
  const content = readTargetText('', Buffer.from(text), 'by-others');
  if (!content.ok) throw new Error(content.error.code);
  return isDeaf({ file: content.value.entries, text, served });
}

it('takes a server’s own form of what its file says for the same', () => {
  expect(deaf(FILE, [SERVED])).toBe(false);
  expect(deaf('port: 8317\n', [])).toBe(false);
});

it.each([
  ['an entry was added', `${FILE}  - api-key: sk-test-new\n`, [SERVED]],
  ['an entry was taken out', 'port: 8317\n', [SERVED]],
  ['a key was rotated', FILE.replace('sk-test-own', 'sk-test-rotated'), [SERVED]],
  ['a prefix was changed', FILE.replace('own-\n', 'mine-\n'), [SERVED]],
  ['a header was changed', FILE.replace('blue', 'red'), [SERVED]],
  ['a header was added', FILE, [{ ...SERVED, headers: undefined }]],
  ['a model was excluded', FILE.replace('[B-*, a-*]', '[B-*, a-*, c-*]'), [SERVED]],
])('knows a server as deaf where in its file %s', (_what, text, served) => {
  expect(deaf(text, served)).toBe(true);
});

it('names the fields of the file that the server’s API does not know', () => {
  const text = `${FILE}    x-note: mine\n`;
  expect(deaf(text, [SERVED])).toBe(false);
  expect(unknownFields({ text, served: [SERVED] })).toEqual([{ prefix: 'own-', fields: ['x-note'] }]);
  expect(unknownFields({ text, served: [{ ...SERVED, 'x-note': 'mine' }] })).toEqual([]);
});
