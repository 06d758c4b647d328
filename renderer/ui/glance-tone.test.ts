import { describe, expect, it } from 'vitest';
import { GLANCE_STATE_NAMES, GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { glanceOf } from '../../shared/state/glance.ts';
import { glanceTone } from './glance-tone.ts';

describe('the colour of what holds now', () => {
  it('is green only where the running proxy was seen to have everything', () => {
    const green = GLANCE_STATE_NAMES.filter((name) => glanceTone(glanceOf(GLANCE_STATES[name])) === 'good');
    expect(green).toEqual(['synced', 'held', 'thousand']);
  });

  it('is red for what fails, amber for what waits for a person', () => {
    expect(glanceTone(glanceOf(GLANCE_STATES['error-yaml']))).toBe('bad');
    expect(glanceTone(glanceOf(GLANCE_STATES['auth-failed']))).toBe('bad');
    expect(glanceTone(glanceOf(GLANCE_STATES.review))).toBe('warn');
    expect(glanceTone(glanceOf(GLANCE_STATES['not-loaded']))).toBe('warn');
  });
});
