import { describe, expect, it } from 'vitest';
import type { AppState } from '../../../shared/schema/state.ts';
import { startingState } from './reduce.ts';
import { createStateStore, type StateStore } from './store.ts';

function store(): StateStore {
  return createStateStore(
    startingState(
      {
        ccsDirectory: '/home/.ccs',
        capabilities: {
          tray: false,
          autostart: false,
          notifications: false,
          openFile: false,
          clipboard: false,
        },
        service: { pid: 1, host: 'watch', version: '1.0.0' },
      },
      {
        path: '/c',
        autoSync: { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null },
      },
    ),
  );
}

function begin(of: StateStore, profiles: number): void {
  of.dispatch({ kind: 'began', by: 'auto', atMs: 1, profiles });
}

describe('the store', () => {
  it('gives a subscriber the present state at once, then the newest, once for all changes made in one go', async () => {
    const one = store();
    const seen: AppState[] = [];
    one.subscribe((state) => seen.push(state));
    expect(seen.map(({ revision }) => revision)).toEqual([0]);
    begin(one, 1);
    begin(one, 2);
    begin(one, 3);
    await Promise.resolve();
    expect(seen.map(({ revision }) => revision)).toEqual([0, 3]);
    expect(seen[1]).toBe(one.state());
    begin(one, 4);
    await Promise.resolve();
    expect(seen.map(({ revision }) => revision)).toEqual([0, 3, 4]);
  });

  it('tells nobody where nothing changed', async () => {
    const one = store();
    let calls = 0;
    one.subscribe(() => (calls += 1));
    begin(one, 1);
    await Promise.resolve();
    begin(one, 1);
    await Promise.resolve();
    expect(calls).toBe(2);
  });

  it('forgets who unsubscribed, also between a change and its telling', async () => {
    const one = store();
    let calls = 0;
    const subscription = one.subscribe(() => (calls += 1));
    begin(one, 1);
    subscription.dispose();
    subscription.dispose();
    await Promise.resolve();
    expect(calls).toBe(1);
    expect(one.listeners).toBe(0);
  });

  it('holds still once it is disposed of', async () => {
    const one = store();
    let calls = 0;
    one.subscribe(() => (calls += 1));
    one.dispose();
    begin(one, 1);
    one.subscribe(() => (calls += 1));
    await Promise.resolve();
    expect([calls, one.listeners, one.state().revision]).toEqual([2, 0, 0]);
  });
});
