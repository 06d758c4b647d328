import { describe, expect, it } from 'vitest';
import { GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { findMatches, paletteCommands } from './palette-commands.ts';

const kinds = (state: Parameters<typeof paletteCommands>[0]): readonly string[] =>
  paletteCommands(state, 'system').map(({ action }) => action.kind);

describe('the palette', () => {
  it('offers to pause while auto-sync is on, to resume while it is paused, and neither while it is off', () => {
    expect(kinds(GLANCE_STATES.synced)).toContain('pause');
    expect(kinds(GLANCE_STATES.synced)).not.toContain('resume');
    expect(kinds(GLANCE_STATES.paused)).toContain('resume');
    expect(kinds(GLANCE_STATES.paused)).not.toContain('pause');
    const off = kinds(GLANCE_STATES['auto-sync-off']);
    expect(off).not.toContain('pause');
    expect(off).not.toContain('resume');
  });

  it('switches auto-sync to what it is not', () => {
    const of = (state: Parameters<typeof paletteCommands>[0]): readonly unknown[] =>
      paletteCommands(state, 'system')
        .map(({ action }) => action)
        .filter(({ kind }) => kind === 'auto-sync');
    expect(of(GLANCE_STATES.synced)).toEqual([{ kind: 'auto-sync', enabled: false }]);
    expect(of(GLANCE_STATES['auto-sync-off'])).toEqual([{ kind: 'auto-sync', enabled: true }]);
    expect(of(null)).toEqual([]);
  });

  it('refreshes the catalog, adds a server and looks for what is wrong, whatever the state', () => {
    for (const state of [null, GLANCE_STATES.synced, GLANCE_STATES.empty])
      expect(kinds(state)).toEqual(expect.arrayContaining(['refresh-catalog', 'add-server', 'diagnostics']));
  });

  it('has every profile, after all commands', () => {
    const commands = paletteCommands(GLANCE_STATES.synced, 'system');
    const names = commands.flatMap(({ action }) => (action.kind === 'profile' ? [action.name] : []));
    expect(names).toEqual(GLANCE_STATES.synced.profiles.map(({ name }) => name));
    expect(commands.slice(-names.length).every(({ action }) => action.kind === 'profile')).toBe(true);
  });

  it('does not offer a theme that is chosen already', () => {
    const themes = paletteCommands(null, 'dark').flatMap(({ action }) =>
      action.kind === 'theme' ? [action.appearance] : [],
    );
    expect(themes).toEqual(['light', 'system']);
  });

  it('has an id of its own for each command', () => {
    const ids = paletteCommands(GLANCE_STATES.thousand, 'system').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what was typed', () => {
  const find = (query: string, all: readonly string[]): readonly string[] =>
    findMatches(all, query, (text) => text).shown;

  it('may be any words of it, in any order', () => {
    expect(find('to go', ['Go to History', 'Sync now'])).toEqual(['Go to History']);
  });

  it('puts what begins so first', () => {
    expect(find('gl', ['angle', 'my glm', 'glm'])).toEqual(['glm', 'my glm', 'angle']);
  });

  it('shows at most fifty and says that there are more', () => {
    const all = Array.from({ length: 60 }, (_, at) => `team-${at}`);
    expect(findMatches(all, 'team', (text) => text)).toMatchObject({ isCut: true });
    expect(find('team', all)).toHaveLength(50);
  });
});
