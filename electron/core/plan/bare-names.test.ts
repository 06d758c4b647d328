import { describe, expect, it } from 'vitest';
import { type BareNames, BUILT_IN_NAMES, serves, sharedBareNames } from './bare-names.ts';

function credential(prefix: string, ...names: readonly string[]): BareNames {
  return { profile: null, prefix, line: 1, names };
}

/** `name: prefixes that serve it`, with a `+` where another section does. */
function shared(credentials: readonly BareNames[], ...elsewhere: readonly string[]): readonly string[] {
  return sharedBareNames(credentials, new Set(elsewhere)).map(
    (one) =>
      `${one.name}: ${one.credentials.map(({ prefix }) => prefix).join(' ')}${one.elsewhere ? ' +' : ''}`,
  );
}

describe('sharedBareNames', () => {
  it('finds names that several entries serve', () => {
    expect(shared([credential('a', 'x', 'y'), credential('b', 'y'), credential('c', 'z')])).toEqual([
      'y: a b',
    ]);
  });

  it('finds names that another section serves', () => {
    expect(shared([credential('a', 'x', 'y')], 'y', 'z')).toEqual(['y: a +']);
  });

  it('counts a name once for an entry that lists it twice', () => {
    expect(shared([credential('a', 'x', 'x')])).toEqual([]);
  });

  it('knows that an entry without models serves the Claude names', () => {
    expect(shared([credential('a'), credential('b', 'claude-opus-4-5', 'x')])).toEqual([
      'claude-opus-4-5: b a',
    ]);
    expect(shared([credential('a'), credential('b', 'glm-5')])).toEqual([]);
    expect(shared([credential('a')], 'claude-opus-4-5')).toEqual([`${BUILT_IN_NAMES}: a +`]);
    expect(shared([credential('a')], 'gpt-5')).toEqual([]);
    expect(shared([credential('a', 'x')], 'claude-opus-4-5')).toEqual([]);
  });

  it('names the Claude names as one where several entries have no models', () => {
    expect(shared([credential('a'), credential('b')])).toEqual([`${BUILT_IN_NAMES}: a b`]);
  });

  it('is empty for an empty section', () => {
    expect(shared([], 'x')).toEqual([]);
  });
});

describe('serves', () => {
  it('tells whether an entry with these names answers to one', () => {
    expect(serves(['a'], 'a')).toBe(true);
    expect(serves(['a'], 'claude-opus-4-5')).toBe(false);
    expect(serves([], 'claude-opus-4-5')).toBe(true);
    expect(serves([], BUILT_IN_NAMES)).toBe(true);
    expect(serves([], 'glm-5')).toBe(false);
  });
});
