import { describe, expect, it } from 'vitest';
import type { TargetState, WatcherState } from '../schema/state.ts';
import {
  describeAutoSync,
  describeDrift,
  describeFight,
  describeTarget,
  describeWatcher,
  describeWritten,
} from './describe-change.ts';
import { textFaults } from './testing/text-faults.ts';

const target: TargetState = {
  id: 'local',
  name: 'Local',
  path: '/config.yaml',
  remote: null,
  state: 'in-sync',
  error: null,
  plan: null,
  fights: [],
  lastDrift: null,
  proxy: null,
  lastSyncMs: null,
  lastRecord: null,
};
const states: readonly TargetState['state'][] = [
  ...(['starting', 'error', 'review', 'not-loaded', 'pending', 'released', 'in-sync', 'empty'] as const),
];
const watchers: readonly WatcherState[] = [
  { state: 'starting' },
  { state: 'running' },
  { state: 'polling', why: 'ENOSPC' },
  { state: 'degraded', why: 'EACCES', path: '/home/ana/.ccs' },
  { state: 'stopped' },
];

describe('the words of a change', () => {
  it('differ for each state of a target and of the watcher', () => {
    const texts = [
      ...states.map((state) => describeTarget({ ...target, state })),
      ...watchers.slice(1).map(describeWatcher),
    ];
    expect(texts.flatMap(textFaults)).toEqual([]);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('say what was written, by whom a repair was needed, and what a fight is about', () => {
    const operations = [
      { op: 'add', profile: 'glm', prefix: 'glm-' },
      { op: 'remove', profile: 'hf', prefix: 'hf-' },
      { op: 'add', profile: 'km', prefix: 'km-' },
      { op: 'leave', profile: 'mm', prefix: 'mm-' },
    ];
    expect(describeWritten(3, operations)).toBe('Change 3: add glm and km; remove hf');
    expect(describeWritten(4, operations.slice(3))).toBe('Change 4 is written');
    expect(describeDrift({ atMs: 0, profiles: ['glm'], by: 'ccs', record: 1 })).toContain('CCS: glm');
    expect(describeFight({ profile: 'glm', field: 'prefix', times: 3, by: 'proxy' })).toContain('the proxy');
  });

  it('name the error', () => {
    const error = { error: { code: 'target-exists', path: '/config.yaml' } as const, retryAtMs: null };
    expect(describeTarget({ ...target, state: 'error', error })).toContain('/config.yaml');
  });

  it('say whether auto-sync is on, off or paused', () => {
    const auto = { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null } as const;
    const say = (over: Partial<Parameters<typeof describeAutoSync>[0]>): string =>
      describeAutoSync({ ...auto, ...over }, () => '14:30');
    expect(say({})).toContain('on');
    expect(say({ enabled: false })).toContain('off');
    expect(say({ pausedUntilMs: 5 })).toContain('14:30');
    expect(say({ enabled: false, source: 'never-known' })).toContain('could not be read');
  });
});
