import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOME, parseRoute, type Route, routeTo } from './routes.ts';

const routes: readonly (readonly [Route, string])[] = [
  [{ view: 'overview', preview: false }, '#/overview'],
  [{ view: 'overview', preview: true }, '#/overview?preview'],
  [{ view: 'overview', preview: true, target: 'buro-2' }, '#/overview?preview&target=buro-2'],
  [{ view: 'overview', preview: false, target: 'office' }, '#/overview?target=office'],
  [{ view: 'profiles', name: null }, '#/profiles'],
  [{ view: 'profiles', name: 'my.custom-1' }, '#/profiles/my.custom-1'],
  [{ view: 'profiles', name: 'a/b?c#d' }, '#/profiles/a%2Fb%3Fc%23d'],
  [{ view: 'catalog', model: null }, '#/catalog'],
  [{ view: 'catalog', model: { provider: 'agy', id: 'gemini-3' } }, '#/catalog/agy/gemini-3'],
  [
    { view: 'catalog', model: { provider: 'codex', id: 'openai/gpt-5 (high)?' } },
    '#/catalog/codex/openai%2Fgpt-5%20(high)%3F',
  ],
  [{ view: 'history', record: null }, '#/history'],
  [{ view: 'history', record: 12 }, '#/history/12'],
  [{ view: 'history', record: 12, target: 'office' }, '#/history/12?target=office'],
  [{ view: 'history', record: null, target: 'office' }, '#/history?target=office'],
  [{ view: 'history', record: 12, undo: true }, '#/history/12?undo'],
  [{ view: 'history', record: 12, target: 'office', undo: true }, '#/history/12?undo&target=office'],
  [{ view: 'settings' }, '#/settings'],
];

describe('a place in the window', () => {
  it.each(routes)('%j has the address %s, which leads back to it', (route, hash) => {
    expect(routeTo(route)).toBe(hash);
    expect(parseRoute(hash)).toEqual(route);
  });

  it('is found for a profile of any name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
        expect(parseRoute(routeTo({ view: 'profiles', name }))).toEqual({ view: 'profiles', name });
      }),
    );
  });

  it.each(['', '#', '#/', '#/nowhere', '#/OVERVIEW', 'javascript:alert(1)', '#//profiles'])(
    'is the Overview where the address names none: %s',
    (hash) => {
      expect(parseRoute(hash)).toEqual(HOME);
    },
  );

  it.each<[string, 'history' | 'profiles' | 'catalog']>([
    ['#/history/0', 'history'],
    ['#/history?target=../etc', 'history'],
    ['#/history/12x', 'history'],
    ['#/history?undo', 'history'],
    ['#/history/99999999999999999999', 'history'],
    ['#/profiles/%E0%A4%A', 'profiles'],
    ['#/profiles/', 'profiles'],
    ['#/catalog/nobody/gpt-5', 'catalog'],
    ['#/catalog/toString/gpt-5', 'catalog'],
    ['#/catalog/codex', 'catalog'],
    ['#/catalog/codex/%E0%A4%A', 'catalog'],
  ])('is the view where what it names is none of its own: %s', (hash, view) => {
    const nothing = { history: { record: null }, profiles: { name: null }, catalog: { model: null } };
    expect(parseRoute(hash)).toEqual({ view, ...nothing[view] });
  });
});
