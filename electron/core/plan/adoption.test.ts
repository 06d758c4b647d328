import { describe, expect, it } from 'vitest';
import { ccsEntryOf, entryOf, file, item, type LooseEntry, wants } from '../../testing/plan-world.ts';
import { isAdoptable } from './adoption.ts';

const glm = wants('glm', { models: ['glm-5', 'glm-air'] });

function adoptable(entry: LooseEntry, wanted = glm): boolean {
  return file(entry).every((one) => isAdoptable(one, wanted));
}

describe('isAdoptable', () => {
  it.each([
    ['what CCS writes', {}],
    ['what CCS writes, with the profile’s prefix', { prefix: glm.prefix }],
    ['what CCS’s dashboard writes, with an id', { otherFields: ['id'] }],
  ])('takes %s', (_, over) => {
    expect(adoptable(ccsEntryOf(glm, over))).toBe(true);
  });

  it('takes an entry without base URL and models for a profile without', () => {
    const bare = wants('glm', { baseUrl: '', models: [] });
    expect(adoptable(ccsEntryOf(bare), bare)).toBe(true);
  });

  it.each([
    ['another key', { apiKey: 'sk-test-other' }],
    ['another base URL', { baseUrl: 'https://other.test' }],
    ['no base URL', { baseUrl: '' }],
    ['another prefix', { prefix: 'mine-' }],
    ['a prefix in another case', { prefix: 'GLM-' }],
    ['a proxy', { proxyUrl: 'socks5://127.0.0.1:1' }],
    ['a user’s field', { otherFields: ['priority'] }],
    ['a user’s field beside the id', { otherFields: ['id', 'headers'] }],
    ['an alias', { models: [item('glm-5', { alias: 'x' }), item('glm-air')] }],
    ['a model with further fields', { models: [item('glm-5'), item('glm-air', { extra: true })] }],
    ['models in another order', { models: [item('glm-air'), item('glm-5')] }],
    ['one model more', { models: [item('glm-5'), item('glm-air'), item('x')] }],
    ['one model less', { models: [item('glm-5')] }],
    ['an anchor', { indirect: true }],
    ['a broken field', { malformed: true }],
  ])('does not take an entry with %s', (_, over) => {
    expect(adoptable(entryOf(glm, over))).toBe(false);
  });
});
