import { describe, expect, it } from 'vitest';
import { AppState } from '../../shared/schema/state.ts';
import { REMOTE_STATE_NAMES, REMOTE_STATES } from './remote-states.ts';

describe('the states of servers for the window', () => {
  it.each(REMOTE_STATE_NAMES)('are what a service could send: %s', (name) => {
    const state: AppState = REMOTE_STATES[name];
    expect(AppState.parse(state)).toEqual(state);
  });

  it('show a server in every state that one can be in', () => {
    const shown = new Set(
      REMOTE_STATE_NAMES.flatMap((name) => REMOTE_STATES[name].targets.slice(1).map(({ state }) => state)),
    );
    const missing = AppState.shape.targets.def.innerType.def.element.shape.state.def.entries;
    // An empty target is one without any profile: that is the local file's to tell.
    const expected = Object.keys(missing).filter((state) => state !== 'empty' && state !== 'not-loaded');
    expect(expected.filter((state) => !shown.has(state as never))).toEqual([]);
  });

  it('hold no key in full', () => {
    expect(JSON.stringify(REMOTE_STATES)).not.toMatch(/sk-|"apiKey"|Bearer/);
  });
});
