import { describe, expect, it } from 'vitest';
import { sectionEntries, type ShortEntry } from '../../testing/section-entry.ts';
import { compareNames, effectivePrefix, expectNames, type NameExpectation } from './served-names.ts';

const GLM: ShortEntry = {
  key: 'sk-test-glm',
  prefix: 'glm-',
  baseUrl: 'http://a',
  models: ['glm-5', 'glm-4.6'],
};
const KIMI: ShortEntry = { key: 'sk-test-kimi', prefix: 'kimi-', baseUrl: 'http://b', models: ['kimi-k2'] };
const CLAUDE: ShortEntry = { key: 'sk-test-claude', prefix: 'claude-', baseUrl: 'http://c' };

interface Change {
  readonly before?: readonly ShortEntry[];
  readonly now: readonly ShortEntry[];
  readonly owned?: readonly string[];
  readonly removed?: readonly string[];
  readonly others?: readonly string[];
}

function expectation(change: Change): NameExpectation {
  return expectNames({
    entries: sectionEntries(...change.now),
    before: change.before === undefined ? null : sectionEntries(...change.before),
    owned: change.owned ?? change.now.map((entry) => entry.prefix ?? ''),
    removedPrefixes: change.removed ?? [],
    otherModelNames: new Set(change.others ?? []),
  });
}

it.each([
  ['glm-', 'glm-'],
  [' glm-/ ', 'glm-'],
  ['/tr-', 'tr-'],
  ['a/b', ''],
  ['//', ''],
  ['', ''],
])('the proxy makes of the prefix "%s" the prefix "%s"', (prefix, effective) => {
  expect(effectivePrefix(prefix)).toBe(effective);
});

describe('expectNames', () => {
  it('expects prefixed names of our entries only, by alias where there is one, never bare ones', () => {
    const foreign: ShortEntry = { key: 'sk-test-f', prefix: 'f-', models: ['x'] };
    const now = [
      { ...GLM, models: ['glm-5=five', ' glm-4.6 ', '='] },
      foreign,
      { key: 'k', models: ['bare'] },
    ];
    expect(expectation({ now, owned: ['glm-', ''] }).mustAppear).toEqual(['glm-/five', 'glm-/glm-4.6']);
  });

  it('expects any name at all under the prefix of an entry without models', () => {
    expect(expectation({ now: [CLAUDE] })).toMatchObject({ mustAppear: [], mustHaveAny: ['claude-'] });
  });

  it('expects nothing of an entry that excludes models', () => {
    const now = [{ ...GLM, fields: { 'excluded-models': '[glm-4*]' } }];
    expect(expectation({ now })).toMatchObject({ mustAppear: [], mustHaveAny: [], shows: 'nothing' });
  });

  it.each<[NameExpectation['shows'], string, Change]>([
    ['appearance', 'an added entry', { before: [GLM], now: [GLM, KIMI] }],
    ['appearance', 'an added entry without models', { before: [GLM], now: [GLM, CLAUDE] }],
    [
      'appearance',
      'an added model',
      { before: [GLM], now: [{ ...GLM, models: ['glm-5', 'glm-4.6', 'glm-6'] }] },
    ],
    ['appearance', 'a renamed prefix', { before: [GLM], now: [{ ...GLM, prefix: 'zai-' }] }],
    [
      'appearance',
      'a rotated key beside an added entry',
      { before: [GLM], now: [{ ...GLM, key: 'sk-test-2' }, KIMI] },
    ],
    ['removal', 'a removed entry', { before: [GLM, KIMI], now: [GLM] }],
    ['removal', 'a removed model', { before: [GLM], now: [{ ...GLM, models: ['glm-5'] }] }],
    ['removal', 'a removed entry without models', { before: [GLM, CLAUDE], now: [GLM] }],
    ['credentials', 'a rotated key', { before: [GLM], now: [{ ...GLM, key: 'sk-test-2' }] }],
    ['credentials', 'another base URL', { before: [GLM], now: [{ ...GLM, baseUrl: 'http://z' }] }],
    [
      'credentials',
      'a name that differs by case only',
      {
        before: [GLM],
        now: [{ ...GLM, key: 'sk-test-2', models: ['GLM-5', 'glm-4.6'] }],
      },
    ],
    [
      'nothing',
      'a new name that built-in names may have held',
      {
        before: [CLAUDE],
        now: [{ ...CLAUDE, key: 'sk-test-2', models: ['claude-opus-5'] }],
      },
    ],
    ['names', 'nothing', { before: [GLM], now: [GLM] }],
    ['names', 'what nobody remembers', { now: [GLM] }],
    ['nothing', 'an entry without prefix', { before: [], now: [{ key: 'k', models: ['m'] }] }],
    ['nothing', 'no entry at all', { now: [] }],
  ])('shows by %s that the proxy has loaded %s', (shows, _what, change) => {
    expect(expectation(change).shows).toBe(shows);
  });

  it('does not count as seen to go what was hidden before', () => {
    const hidden = { ...KIMI, fields: { 'excluded-models': '[k*]' } };
    expect(expectation({ before: [GLM, hidden], now: [GLM] }).shows).toBe('nothing');
  });
});

describe('compareNames', () => {
  it('finds what is missing', () => {
    const result = compareNames(expectation({ now: [GLM, CLAUDE] }), ['glm-5', 'glm-/glm-5', 'Claude-/x']);
    expect(result).toEqual({ missing: ['glm-/glm-4.6', 'claude-/'], ghosts: [] });
  });

  it('takes names without regard to case, as the proxy does, but not prefixes', () => {
    expect(compareNames(expectation({ now: [KIMI] }), ['kimi-/KIMI-K2']).missing).toEqual([]);
    expect(compareNames(expectation({ now: [KIMI] }), ['Kimi-/kimi-k2']).missing).toEqual(['kimi-/kimi-k2']);
  });

  it('finds removed entries and models that are still served', () => {
    const change = { before: [GLM, KIMI], now: [{ ...GLM, models: ['glm-5'] }] };
    const served = ['glm-/glm-5', 'glm-/glm-4.6', 'kimi-/kimi-k2', 'kimi-k2'];
    expect(compareNames(expectation(change), served).ghosts).toEqual(['glm-/glm-4.6', 'kimi-/kimi-k2']);
  });

  it('finds any name under a removed prefix where nobody remembers what it held', () => {
    const result = compareNames(expectation({ now: [GLM], removed: ['kimi-'] }), ['kimi-/anything']);
    expect(result.ghosts).toEqual(['kimi-/anything']);
  });

  it('takes no name of another credential for a ghost', () => {
    const now = [{ key: 'k', models: ['openrouter/auto'] }];
    const change = { now, removed: ['openrouter', 'other'], others: ['other/one'] };
    expect(compareNames(expectation(change), ['openrouter/auto', 'other/one']).ghosts).toEqual([]);
  });

  it('takes no name for a ghost that another entry with the same prefix serves', () => {
    const twin = { ...GLM, key: 'sk-test-twin' };
    expect(
      compareNames(expectation({ before: [GLM, twin], now: [twin] }), ['glm-/glm-5', 'glm-/glm-4.6']),
    ).toEqual({
      missing: [],
      ghosts: [],
    });
    const builtIn = { ...CLAUDE, prefix: 'glm-' };
    const served = ['glm-/glm-5', 'glm-/glm-4.6'];
    expect(compareNames(expectation({ before: [GLM, builtIn], now: [builtIn] }), served).ghosts).toEqual([]);
  });
});
