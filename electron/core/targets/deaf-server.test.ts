import { expect, it, vi } from 'vitest';
import type { JsonEntry } from './remote-server.ts';
import { readTargetText } from './target-text.ts';
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

it('takes one that drops repetitions for the same', () => {
  expect(deaf(FILE.replace('[B-*, a-*]', '[B-*, a-*, b-*]'), [SERVED])).toBe(false);
});

it('minds no aliases elsewhere in the file, however many', () => {
  const others = `base: &base [1, 2]\nmany: [${Array.from({ length: 200 }, () => '*base').join(', ')}]\n`;
  expect(deaf(`${others}${FILE}`, [SERVED])).toBe(false);
});

it('quotes nothing of the file, whatever is odd there', () => {
  const warned: unknown[] = [];
  const spy = vi.spyOn(process, 'emitWarning').mockImplementation((warning) => void warned.push(warning));
  expect(deaf(`vault: !secret sk-test-canary\n${FILE}`, [SERVED])).toBe(false);
  spy.mockRestore();
  expect(warned).toEqual([]);
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
