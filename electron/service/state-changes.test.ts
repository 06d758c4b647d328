import { describe, expect, it } from 'vitest';
import type { AppState, TargetState } from '../../shared/schema/state.ts';
import { sampleState } from '../testing/sample-state.ts';
import { createChangeTeller } from './state-changes.ts';

function withTarget(over: Partial<TargetState>): AppState {
  const state = sampleState();
  return { ...state, targets: state.targets.map((target) => ({ ...target, ...over })) };
}

/** What is told of the last of these states. */
function kinds(...states: readonly AppState[]): string[] {
  const changesOf = createChangeTeller();
  return (
    states
      .map(changesOf)
      .at(-1)
      ?.map(({ kind }) => kind) ?? []
  );
}

describe('the changes from one state to the next', () => {
  it('begin with how everything stands', () => {
    expect(kinds(sampleState())).toEqual(['watcher', 'auto-sync', 'target']);
    expect(kinds(withTarget({ lastRecord: 4 }))).not.toContain('written');
  });

  it.each<readonly [string, AppState, readonly string[]]>([
    ['nothing new', sampleState({ revision: 8 }), []],
    ['the beginning', sampleState({ activity: { kind: 'starting' } }), []],
    ['a record', withTarget({ lastRecord: 5, lastSyncMs: 1 }), ['written']],
    ['a state', withTarget({ state: 'review' }), ['target']],
    ['what is about to be written', withTarget({ state: 'pending' }), []],
    [
      'an error',
      withTarget({ state: 'error', error: { error: { code: 'no-home' }, retryAtMs: 5 } }),
      ['target'],
    ],
    ['a watcher', sampleState({ watcher: { state: 'stopped' } }), ['watcher']],
    ['a repair', withTarget({ lastDrift: { atMs: 1, profiles: ['glm'], by: 'ccs', record: 3 } }), ['drift']],
    [
      'a fight',
      withTarget({ fights: [{ profile: 'glm', field: 'prefix', times: 3, by: 'ccs' }] }),
      ['fight'],
    ],
  ])('tell of %s', (_name, after, expected) => {
    expect(kinds(sampleState(), after)).toEqual(expected);
  });

  it('tell an error once, however often it is tried again', () => {
    const failing = (retryAtMs: number): AppState =>
      withTarget({ state: 'error', error: { error: { code: 'no-home' }, retryAtMs } });
    expect(kinds(failing(1), failing(2))).toEqual([]);
  });

  it('tell a fight and a repair once', () => {
    const state = withTarget({
      fights: [{ profile: 'glm', field: 'prefix', times: 3, by: 'ccs' }],
      lastDrift: { atMs: 1, profiles: ['glm'], by: 'ccs', record: 3 },
    });
    expect(kinds(state, { ...state, revision: 9 })).toEqual([]);
  });

  it('tell that changes wait where nobody writes them', () => {
    const autoSync = { ...sampleState().autoSync, enabled: false };
    const off = (target: Partial<TargetState>): AppState => ({ ...withTarget(target), autoSync });
    expect(kinds(off({}), off({ state: 'pending' }))).toEqual(['target']);
  });

  it('take one line for a change that is written at once', () => {
    const pending = withTarget({ state: 'pending' });
    expect(kinds(sampleState(), pending, withTarget({ lastRecord: 5 }))).toEqual(['written']);
    expect(kinds(pending, withTarget({ lastRecord: 5 }))).toEqual(['written', 'target']);
  });

  describe('of a server', () => {
    const server = (over: Partial<TargetState>, mode: 'auto' | 'manual' = 'auto'): AppState => {
      const state = sampleState();
      const remote = { mode, paused: false, version: null, busy: false, waiting: 0, profiles: [] };
      const servers = state.targets.map((one) => ({ ...one, id: 'office', name: 'office', remote, ...over }));
      return { ...state, targets: [...state.targets, ...servers] };
    };
    const plan: TargetState['plan'] = { operations: [], skipped: [], held: [], warnings: [], consent: [] };

    it('are no news where they were written before the service began', () => {
      expect(kinds(server({ state: 'starting' }), server({ lastRecord: 7, plan }))).toEqual(['target']);
    });

    it('tell of its first write', () => {
      const first = server({ state: 'pending', plan });
      expect(kinds(server({ state: 'starting' }), first, server({ lastRecord: 1, plan }))).toEqual([
        'written',
        'target',
      ]);
    });

    it('tell what waits where it is synced by hand', () => {
      const pending = server({ state: 'pending', plan }, 'manual');
      expect(kinds(server({ plan }, 'manual'), pending)).toEqual(['target']);
      expect(kinds(server({ plan }), server({ state: 'pending', plan }))).toEqual([]);
    });
  });
});
