import { describe, expect, it } from 'vitest';
import { addition } from '../../electron/testing/glance-profiles.ts';
import { remote } from '../../electron/testing/remote-states.ts';
import type { TargetState } from '../../shared/schema/state.ts';
import { caughtUp, isOldNews, toldOf } from './old-news.ts';

const NO_PLAN = { operations: [], skipped: [], held: [], warnings: [], consent: [] };

function target(lastRecord: number | null, waiting: readonly string[] = []): TargetState {
  return remote('office', { lastRecord, plan: { ...NO_PLAN, operations: waiting.map(addition) } });
}

describe('the result of a sync', () => {
  it('stands while its target stands as it said', () => {
    expect(isOldNews(toldOf(target(7), null), target(7))).toBe(false);
  });

  it('is old once something waits again', () => {
    expect(isOldNews(toldOf(target(7), null), target(7, ['glm']))).toBe(true);
  });

  it('is old once another change was written', () => {
    expect(isOldNews(toldOf(target(7), null), target(8))).toBe(true);
    expect(isOldNews(toldOf(target(7), 8), target(9))).toBe(true);
  });

  it('is not old by the very change that it tells, which the state may bring later', () => {
    const told = toldOf(target(7, ['glm', 'km']), 8);
    expect(isOldNews(told, target(8))).toBe(false);
    expect(isOldNews(told, target(7, ['glm', 'km']))).toBe(false);
  });

  it('is old by a change that waits after its own was seen, though as many waited before', () => {
    const told = caughtUp(toldOf(target(7, ['glm']), 8), target(8));
    expect(isOldNews(told, target(8, ['km']))).toBe(true);
  });

  it('of a first change is told, too', () => {
    expect(isOldNews(toldOf(target(null), 1), target(1))).toBe(false);
    expect(isOldNews(toldOf(target(null), null), target(1))).toBe(true);
  });
});
