import { describe, expect, it } from 'vitest';
import { settingsPath } from './settings-path.ts';

const places = { ccsDirectory: '/data/ccs', homedir: '/home/u', env: { WORK: '/w', PART: 'p' } };

describe('a settings path of the registry', () => {
  it.each([
    ['~/.ccs/glm.settings.json', '/data/ccs/glm.settings.json'],
    ['~/.ccs', '/data/ccs'],
    ['~/.ccsx/a.json', '/home/u/.ccsx/a.json'],
    ['~/elsewhere/a.json', '/home/u/elsewhere/a.json'],
    ['~', '/home/u'],
    ['/abs/a.json', '/abs/a.json'],
    ['$WORK/a.json', '/w/a.json'],
    ['${WORK}/${PART}.json', '/w/p.json'],
    ['~/$PART/a.json', '/home/u/p/a.json'],
    ['$UNSET/abs/a.json', '/abs/a.json'],
    ['/a/$5.json', '/a/$5.json'],
    ['glm.settings.json', '/data/ccs/glm.settings.json'],
    ['~user/a.json', '/data/ccs/~user/a.json'],
  ])('%s means %s', (value, path) => expect(settingsPath(value, places)).toBe(path));

  it.each(['', '  ', '$UNSET', '/a\0b'])('%j means nothing', (value) =>
    expect(settingsPath(value, places)).toBeNull(),
  );

  it('in the home means nothing where nobody knows the home', () => {
    expect(settingsPath('~/a.json', { ...places, homedir: null })).toBeNull();
    expect(settingsPath('~/.ccs/a.json', { ...places, homedir: null })).toBe('/data/ccs/a.json');
  });
});
