import { describe, expect, it } from 'vitest';
import { GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { syncableCount, waitingOf } from './numbers.ts';

describe('the numbers under the headline', () => {
  it('do not count what is skipped as syncable, but what is held', () => {
    expect(syncableCount(GLANCE_STATES.held.profiles)).toBe(5);
    expect(syncableCount(GLANCE_STATES.mixed.profiles)).toBe(5);
  });

  it('count every change as one to agree to where the plan as a whole needs consent', () => {
    expect(GLANCE_STATES.review.targets.map(waitingOf)).toMatchObject([{ toAgree: 2 }]);
    const pending = GLANCE_STATES['auto-sync-off'].targets.map(waitingOf);
    expect(pending).toMatchObject([{ toAgree: 0, changes: { length: 1 } }]);
  });
});
