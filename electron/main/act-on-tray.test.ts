import { describe, expect, it } from 'vitest';
import type { AppState, RemoteState, TargetState } from '../../shared/schema/state.ts';
import { sampleState } from '../testing/sample-state.ts';
import { stepsOf } from './act-on-tray.ts';
import type { TrayAction } from './tray-row.ts';

const NOW = 1_700_000_000_000;

function step(action: TrayAction, target: TargetState['state'] = 'in-sync'): unknown {
  const state = sampleState();
  const targets = state.targets.map((one) => ({ ...one, state: target }));
  const [first, ...more] = stepsOf(action, { state: { ...state, targets }, nowMs: NOW });
  expect(more).toEqual([]);
  return first;
}

function withServers(...servers: readonly Partial<RemoteState>[]): AppState {
  const state = sampleState();
  const remotes = servers.flatMap((over, index) =>
    state.targets.map((one): TargetState => {
      const remote = { mode: 'auto', paused: false, version: null, busy: false, waiting: 0 } as const;
      return { ...one, id: `server-${index}`, remote: { ...remote, profiles: [], ...over } };
    }),
  );
  return { ...state, targets: [...state.targets, ...remotes] };
}

describe('a row of the tray’s menu', () => {
  it('syncs everything, and looks at the proxy afterwards', () => {
    expect(step({ kind: 'sync' })).toMatchObject({
      kind: 'call',
      method: 'sync.run',
      input: { only: null, accepted: false, dryRun: false, verify: true },
    });
  });

  it('syncs every server too, but those that are paused', () => {
    const state = withServers({}, {}, { paused: true });
    const steps = stepsOf({ kind: 'sync' }, { state, nowMs: NOW });
    expect(steps.map((one) => one.kind === 'call' && one.input)).toMatchObject([
      { only: null },
      { target: 'server-0', only: null, targetNamed: false },
      { target: 'server-1', only: null },
    ]);
  });

  it('opens the preview of the server that needs a person’s word', () => {
    const { targets, ...state } = withServers({}, {});
    const asking = targets.map((one) => (one.id === 'server-1' ? { ...one, state: 'review' as const } : one));
    expect(stepsOf({ kind: 'sync' }, { state: { ...state, targets: asking }, nowMs: NOW })).toEqual([
      { kind: 'open', route: { view: 'overview', preview: true, target: 'server-1' } },
    ]);
  });

  it('opens the preview where a sync needs a person’s word', () => {
    expect(step({ kind: 'sync' }, 'review')).toEqual({
      kind: 'open',
      route: { view: 'overview', preview: true },
    });
  });

  it.each<[TrayAction, unknown]>([
    [
      { kind: 'set-auto-sync', mode: 'own', enabled: false },
      { kind: 'call', method: 'autoSync.set', input: { mode: 'own', enabled: false } },
    ],
    [
      { kind: 'pause', durationMs: 3_600_000 },
      { kind: 'call', method: 'pause.set', input: { untilMs: NOW + 3_600_000 } },
    ],
    [{ kind: 'resume' }, { kind: 'call', method: 'pause.set', input: { untilMs: null } }],
    [
      { kind: 'open', route: { view: 'settings' } },
      { kind: 'open', route: { view: 'settings' } },
    ],
    [{ kind: 'quit' }, { kind: 'quit' }],
  ])('%o', (action, expected) => {
    expect(step(action)).toEqual(expected);
  });

  it('can be chosen before anything is known', () => {
    const early = { state: null, nowMs: NOW };
    expect(stepsOf({ kind: 'sync' }, early)).toMatchObject([{ method: 'sync.run' }]);
    expect(stepsOf({ kind: 'open', route: null }, early)).toEqual([{ kind: 'open', route: null }]);
  });
});
