import { describe, expect, it } from 'vitest';
import { AppState } from '../../shared/schema/state.ts';
import { SkipReason } from '../../shared/schema/skip.ts';
import { GLANCE_STATE_NAMES, GLANCE_STATES } from './glance-states.ts';

describe('the states for tray and window', () => {
  it.each(GLANCE_STATE_NAMES)('are what a service could send: %s', (name) => {
    const state: AppState = GLANCE_STATES[name];
    // Nothing is lost or added by the check at the edge.
    expect(AppState.parse(state)).toEqual(state);
  });

  it('show a profile for every reason to skip one', () => {
    const shown = new Set(GLANCE_STATES.mixed.profiles.flatMap(({ reason }) => reason?.code ?? []));
    const codes = SkipReason.def.options.map((option) => [...option.shape.code.def.values][0]);
    // `not-chosen` is a reason of servers alone.
    const here = codes.filter((code) => code !== undefined && code !== 'not-chosen');
    expect(here.filter((code) => !shown.has(code))).toEqual([]);
  });

  it('hold no key in full', () => {
    expect(JSON.stringify(GLANCE_STATES)).not.toMatch(/sk-|"apiKey"|Bearer/);
  });
});
