import { describe, expect, it } from 'vitest';
import {
  ccsEntryOf,
  entryOf,
  file,
  item,
  lineOf,
  type LooseEntry,
  testFingerprint,
  wants,
} from '../../testing/plan-world.ts';
import { matchOwned } from './match-owned.ts';
import type { OwnedEntry } from './owned-entry.ts';

const glm = wants('glm', { models: ['glm-5', 'glm-air'] });
const km = wants('km');
const otherKey = { apiKey: 'sk-test-other' };
const otherUrl = { baseUrl: 'https://other.test' };

/** `profile: kind at index` for each line that was found. */
function matched(owned: readonly OwnedEntry[], ...entries: readonly LooseEntry[]): readonly string[] {
  const matches = matchOwned(owned, file(...entries), testFingerprint);
  return [...matches].map(([{ profile }, { kind, entry }]) => `${profile}: ${kind} at ${entry.index}`);
}

describe('matchOwned', () => {
  it('knows an entry by prefix and key, whatever else was changed', () => {
    expect(
      matched([lineOf(glm)], entryOf(glm, { ...otherUrl, models: [], otherFields: ['headers'] })),
    ).toEqual(['glm: prefix-and-key at 0']);
  });

  it('knows an entry by prefix and base URL where its key was changed', () => {
    expect(matched([lineOf(glm)], entryOf(glm, otherKey))).toEqual(['glm: prefix-and-base-url at 0']);
    const bare = wants('bare', { baseUrl: '' });
    expect(matched([lineOf(bare)], entryOf(bare, otherKey))).toEqual(['bare: prefix-and-base-url at 0']);
  });

  it('knows an entry without prefix by key, base URL and models, in whatever order', () => {
    expect(matched([lineOf(glm)], ccsEntryOf(glm))).toEqual(['glm: prefix-missing at 0']);
    expect(matched([lineOf(glm)], ccsEntryOf(glm, { models: [item('glm-air'), item('glm-5')] }))).toEqual([
      'glm: prefix-missing at 0',
    ]);
  });

  it.each([
    ['another prefix', entryOf(glm, { prefix: 'mine-' })],
    ['its prefix in another case', entryOf(glm, { prefix: 'GLM-' })],
    ['another key and base URL', entryOf(glm, { ...otherKey, ...otherUrl })],
    ['no prefix and another key', ccsEntryOf(glm, otherKey)],
    ['no prefix and another base URL', ccsEntryOf(glm, otherUrl)],
    ['no prefix and other models', ccsEntryOf(glm, { models: [item('glm-5')] })],
    ['a broken field', entryOf(glm, { malformed: true })],
  ])('does not know an entry with %s', (_, entry) => {
    expect(matched([lineOf(glm)], entry)).toEqual([]);
  });

  it('gives each line one entry and each entry one line, ties in file order', () => {
    const twin = { ...glm, profile: 'twin', prefix: 'twin-' };
    expect(matched([lineOf(glm), lineOf(twin)], ccsEntryOf(km), ccsEntryOf(glm), ccsEntryOf(glm))).toEqual([
      'glm: prefix-missing at 1',
      'twin: prefix-missing at 2',
    ]);
    expect(matched([lineOf(glm), lineOf(twin)], ccsEntryOf(glm))).toEqual(['glm: prefix-missing at 0']);
    expect(matched([lineOf(glm)], entryOf(glm), entryOf(glm))).toEqual(['glm: prefix-and-key at 0']);
  });

  it('prefers the key to the base URL, and both to a missing prefix, wherever they stand', () => {
    expect(matched([lineOf(glm)], ccsEntryOf(glm), entryOf(glm, otherKey), entryOf(glm, otherUrl))).toEqual([
      'glm: prefix-and-key at 2',
    ]);
    expect(matched([lineOf(glm)], ccsEntryOf(glm), entryOf(glm, otherKey))).toEqual([
      'glm: prefix-and-base-url at 1',
    ]);
  });

  it('leaves a copy without prefix to others where the entry itself is there', () => {
    expect(matched([lineOf(glm), lineOf(km)], entryOf(glm), ccsEntryOf(glm))).toEqual([
      'glm: prefix-and-key at 0',
    ]);
  });

  it('takes the most alike of several with its prefix and key', () => {
    expect(
      matched([lineOf(glm)], entryOf(glm, otherUrl), entryOf(glm, { models: [] }), entryOf(glm)),
    ).toEqual(['glm: prefix-and-key at 2']);
  });
});
