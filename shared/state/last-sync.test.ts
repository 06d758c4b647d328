import { describe, expect, it } from 'vitest';
import { GLANCE_NOW_MS, GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { lastSyncMs } from './last-sync.ts';

describe('the last sync of all', () => {
  it('is the newest of any target, also where another was never synced', () => {
    expect(lastSyncMs(GLANCE_STATES.offline.targets)).toBe(GLANCE_NOW_MS - 12 * 60_000);
    const targets = [...GLANCE_STATES.empty.targets, ...GLANCE_STATES.synced.targets];
    expect(lastSyncMs(targets)).toBe(GLANCE_NOW_MS - 12 * 60_000);
  });

  it('is none where there was none', () => {
    expect(lastSyncMs(GLANCE_STATES.empty.targets)).toBeNull();
    expect(lastSyncMs([])).toBeNull();
  });
});
