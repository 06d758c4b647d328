import { describe, expect, it } from 'vitest';
import type { AutoSyncState } from '../../../shared/schema/state.ts';
import type { CcsConfigReading } from '../profiles/read-ccs-config.ts';
import { autoSyncOf } from './auto-sync.ts';

function said(autoSync: boolean | null): CcsConfigReading {
  const config = {
    profiles: [],
    autoSync,
    localPort: 8317,
    managementSecret: null,
    remote: null,
    problems: [],
  };
  return { state: 'read', config, source: { path: '/c', hash: '' } };
}

const UNREADABLE: CcsConfigReading = {
  state: 'unreadable',
  error: { code: 'registry-unreadable', path: '/c', line: 1, reason: 'invalid' },
};
const ON = { mode: 'follow-ccs', enabled: true } as const;

describe('auto-sync', () => {
  it.each<{
    what: string;
    reading: CcsConfigReading | null;
    lastKnown: boolean | null;
    is: Partial<AutoSyncState>;
  }>([
    { what: 'CCS says on', reading: said(true), lastKnown: false, is: { enabled: true, source: 'ccs' } },
    { what: 'CCS says off', reading: said(false), lastKnown: true, is: { enabled: false, source: 'ccs' } },
    { what: 'CCS says nothing', reading: said(null), lastKnown: false, is: { enabled: true, source: 'ccs' } },
    {
      what: 'CCS has no settings',
      reading: { state: 'absent' },
      lastKnown: null,
      is: { enabled: true, source: 'ccs' },
    },
    {
      what: 'its settings are unreadable, last on',
      reading: UNREADABLE,
      lastKnown: true,
      is: { enabled: true, source: 'last-known' },
    },
    {
      what: 'its settings are unreadable, last off',
      reading: UNREADABLE,
      lastKnown: false,
      is: { enabled: false, source: 'last-known' },
    },
    {
      what: 'its settings never were readable',
      reading: UNREADABLE,
      lastKnown: null,
      is: { enabled: false, source: 'never-known' },
    },
    {
      what: 'nothing was read yet',
      reading: null,
      lastKnown: true,
      is: { enabled: true, source: 'last-known' },
    },
  ])('follows CCS by default: $what', ({ reading, lastKnown, is }) => {
    const settings = { autoSync: ON, pausedUntilMs: null };
    expect(autoSyncOf({ settings, reading, lastKnown })).toEqual({
      mode: 'follow-ccs',
      pausedUntilMs: null,
      ...is,
    });
  });

  it.each([true, false])('is a setting of ours where that is wanted, whatever CCS says: %s', (enabled) => {
    const settings = { autoSync: { mode: 'own', enabled } as const, pausedUntilMs: 7 };
    const state = autoSyncOf({ settings, reading: said(!enabled), lastKnown: !enabled });
    expect(state).toEqual({ mode: 'own', enabled, source: 'own', pausedUntilMs: 7 });
  });
});
