import { describe, expect, it } from 'vitest';
import { parsePreferences, type Preferences, sayOnce } from './preferences.ts';

const NEVER = parsePreferences(undefined);

describe('the desktop’s preferences', () => {
  it('come back as they were stored', () => {
    const stored: Preferences = {
      bounds: { x: -5, y: 20, width: 1000, height: 700 },
      isMaximized: true,
      lastPlace: '#/history',
      said: ['no-tray'],
      withoutTray: 'stay',
    };
    expect(parsePreferences(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it.each([null, 'text', 7, [], { other: 1 }])(
    'are those of a first start where the file holds %j',
    (stored) => {
      expect(parsePreferences(stored)).toEqual(NEVER);
    },
  );

  it('lose only the values that are wrong', () => {
    expect(
      parsePreferences({ bounds: { x: 'left' }, said: ['a'], withoutTray: 'maybe', lastPlace: '#/x' }),
    ).toEqual({
      ...NEVER,
      said: ['a'],
      lastPlace: '#/x',
    });
  });

  it('let a thing be said until it was seen, and then no more', () => {
    let stored = NEVER;
    const store = {
      get: () => stored,
      set: (change: Partial<Preferences>) => void (stored = { ...stored, ...change }),
    };
    const said: string[] = [];
    const unseen = (): void => void said.push('unseen');
    const seen = (onSeen: () => void): void => {
      said.push('seen');
      onSeen();
      onSeen();
    };
    for (const say of [unseen, unseen, seen, seen, unseen]) sayOnce(store, 'a', say);
    expect(said).toEqual(['unseen', 'unseen', 'seen']);
    sayOnce(store, 'b', seen);
    expect(stored.said).toEqual(['a', 'b']);
  });
});
