import { describe, expect, it } from 'vitest';
import { sectionEntries, type ShortEntry } from '../../testing/section-entry.ts';
import { allRouted, compareEntries } from './compare-entries.ts';
import type { ServedEntry } from './management-client.ts';

const GLM: ShortEntry = { key: 'sk-test-glm', prefix: 'glm-', baseUrl: 'http://a', models: ['glm-5', 'x=y'] };
const OWN: ShortEntry = { key: 'sk-test-own', models: ['own-model'] };

function served(entry: ShortEntry): ServedEntry {
  const [{ apiKey, prefix, baseUrl, models } = { apiKey: '', prefix: '', baseUrl: '', models: [] }] =
    sectionEntries(entry);
  return { apiKey, prefix, baseUrl, models, routed: true };
}

describe('compareEntries', () => {
  it('finds lists equal in any order', () => {
    const file = sectionEntries(GLM, OWN);
    expect(compareEntries(file, [served(OWN), served(GLM)])).toEqual({
      equal: true,
      missing: [],
      ghosts: [],
    });
    expect(compareEntries([], [])).toEqual({ equal: true, missing: [], ghosts: [] });
  });

  it("finds what the server's own rewriting changes to be equal", () => {
    const file = sectionEntries({
      key: ' k ',
      prefix: ' tr-/ ',
      baseUrl: ' http://a/ ',
      models: [' m ', '='],
    });
    const list = [served({ key: 'k', prefix: 'tr-', baseUrl: 'http://a/', models: ['m'] })];
    expect(compareEntries(file, list).equal).toBe(true);
  });

  it.each<[string, ShortEntry]>([
    ['a key', { ...GLM, key: 'sk-test-2' }],
    ['a base URL', { ...GLM, baseUrl: 'http://a/' }],
    ['an alias', { ...GLM, models: ['glm-5', 'x=z'] }],
    ['the order of models', { ...GLM, models: ['x=y', 'glm-5'] }],
  ])('finds another %s', (_what, entry) => {
    const difference = compareEntries(sectionEntries(entry, OWN), [served(GLM), served(OWN)]);
    expect(difference).toMatchObject({
      equal: false,
      missing: expect.arrayContaining(['glm-/glm-5']) as string[],
    });
    expect(difference.ghosts).not.toContain('glm-/glm-5');
  });

  it('names what is missing and what is left over', () => {
    const difference = compareEntries(sectionEntries(GLM, { key: 'n', prefix: 'n-' }), [served(OWN)]);
    expect(difference).toEqual({
      equal: false,
      missing: ['glm-/glm-5', 'glm-/y', 'n-/'],
      ghosts: ['own-model'],
    });
  });

  it('counts doubles', () => {
    expect(compareEntries(sectionEntries(GLM, GLM), [served(GLM)]).equal).toBe(false);
    expect(compareEntries(sectionEntries(GLM), [served(GLM), served(GLM)]).equal).toBe(false);
    expect(compareEntries(sectionEntries(GLM, GLM), [served(GLM), served(GLM)]).equal).toBe(true);
  });

  it('lets one extra entry pass for each malformed one in the file', () => {
    const [glm, odd] = sectionEntries(GLM, OWN);
    if (glm === undefined || odd === undefined) throw new Error('two entries were made');
    const file = [glm, { ...odd, malformed: true }];
    expect(compareEntries(file, [served(GLM)]).equal).toBe(true);
    expect(compareEntries(file, [served(GLM), served({ key: '' })]).equal).toBe(true);
    expect(compareEntries(file, [served(GLM), served(OWN), served({ key: '' })]).equal).toBe(false);
  });
});

describe('allRouted', () => {
  const entry = served(GLM);
  it.each([
    ['each is', true, [entry, entry]],
    ['one is not yet', false, [entry, { ...entry, routed: false }]],
    ['one without key is not', true, [entry, { ...entry, apiKey: '', routed: false }]],
    ['the server never says so', true, [{ ...entry, routed: false }]],
  ])('where %s: %s', (_when, expected, list) => {
    expect(allRouted(list)).toBe(expected);
  });
});
