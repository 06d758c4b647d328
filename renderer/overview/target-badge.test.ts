import { describe, expect, it } from 'vitest';
import { GLANCE_STATE_NAMES, GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import type { TargetState } from '../../shared/schema/state.ts';
import { badgeFor, targetBadge } from './target-badge.ts';

const STATES: readonly TargetState['state'][] = [
  ...(['starting', 'error', 'auth-failed', 'review', 'offline', 'not-loaded', 'pending'] as const),
  ...(['released', 'in-sync', 'empty'] as const),
];

describe('the badge of a target', () => {
  it('has a word of its own for each state', () => {
    const texts = STATES.map((state) => targetBadge({ state, proxy: null }).text);
    expect(new Set(texts).size).toBe(STATES.length);
  });

  it('has no colour once the service is gone, of which only the last word is known', () => {
    for (const target of GLANCE_STATES.synced.targets) {
      expect(badgeFor({ connection: 'open' }, target)).toEqual(targetBadge(target));
      for (const connection of ['lost', 'signed-out'] as const)
        expect(badgeFor({ connection }, target)).toEqual({ text: targetBadge(target).text, tone: 'neutral' });
    }
  });

  it('is green only where the proxy was seen to have loaded the file', () => {
    for (const name of GLANCE_STATE_NAMES) {
      for (const target of GLANCE_STATES[name].targets) {
        const isGreen = targetBadge(target).tone === 'good';
        expect(isGreen).toBe(target.state === 'in-sync' && target.proxy?.state === 'loaded');
      }
    }
  });
});
