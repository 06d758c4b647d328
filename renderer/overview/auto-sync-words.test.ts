import { describe, expect, it } from 'vitest';
import type { AutoSyncState } from '../../shared/schema/state.ts';
import { autoSyncWords } from './auto-sync-words.ts';

const FOLLOWS: AutoSyncState = { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null };
const words = (over: Partial<AutoSyncState>): string =>
  autoSyncWords({ ...FOLLOWS, ...over }, (moment) => `at ${moment}`);

describe('the words of auto-sync', () => {
  it('differ by who decides and what is decided', () => {
    const all = [
      words({}),
      words({ enabled: false }),
      words({ mode: 'own', source: 'own' }),
      words({ mode: 'own', source: 'own', enabled: false }),
      words({ source: 'last-known' }),
      words({ source: 'never-known', enabled: false }),
      words({ pausedUntilMs: 7 }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('tell when a pause ends, unless auto-sync is off anyway', () => {
    expect(words({ pausedUntilMs: 7 })).toContain('at 7');
    expect(words({ pausedUntilMs: 7, enabled: false })).not.toContain('at 7');
  });
});
