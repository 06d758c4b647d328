import { expect, it } from 'vitest';
import { droppedFields } from './dropped-fields.ts';

const GLM = { 'api-key': 'sk-test-glm', prefix: 'glm-', 'base-url': 'https://glm.test', 'proxy-url': '' };
const OWN = { 'api-key': 'sk-test-own', headers: { 'X-Team': 'blue' } };

it('names what an old server did not keep of the entries that were written', () => {
  const kept = [OWN, { 'api-key': 'sk-test-glm', 'base-url': 'https://glm.test' }];
  expect(droppedFields({ before: [OWN], sent: [OWN, GLM], kept })).toEqual(['prefix']);
});

it.each([
  ['a server that trims and adds fields', [{ ...GLM, prefix: 'glm', weight: 1 }]],
  ['an entry that others took out since', []],
  ['an entry whose key stands twice since', [GLM, { 'api-key': 'sk-test-glm' }]],
])('says nothing of %s', (_what, kept) => {
  expect(droppedFields({ before: [], sent: [GLM], kept })).toEqual([]);
});

it('says nothing of an entry that was not written, but sent back as it came', () => {
  expect(droppedFields({ before: [OWN], sent: [OWN], kept: [{ 'api-key': 'sk-test-own' }] })).toEqual([]);
});
