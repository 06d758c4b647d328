import { describe, expect, it } from 'vitest';
import { remote, REMOTE_STATES } from '../../electron/testing/remote-states.ts';
import { retryWords } from './retry-words.ts';
import { syncedTogether } from './synced-together.ts';

describe('Sync now', () => {
  it('is about the local file and every server that is not paused', () => {
    expect(syncedTogether(REMOTE_STATES.many.targets)).toEqual([
      ...['local', 'office', 'home-lab', 'refused', 'frankfurt', 'mirror'],
    ]);
  });

  it('leaves a released server alone', () => {
    expect(syncedTogether([remote('office', { state: 'released' })])).toEqual(['local']);
  });
});

describe('when a server is asked again', () => {
  it.each([
    [null, false, 'It is not tried again by itself.'],
    [1_000, false, 'Trying again within a minute.'],
    [150_000, false, 'Trying again in 3 minutes.'],
    [150_000, true, 'It is paused, so it is not tried again by itself.'],
  ])('%s ms from now, paused: %s', (retryAtMs, isPaused, said) => {
    expect(retryWords(retryAtMs, 0, isPaused)).toBe(said);
  });
});
