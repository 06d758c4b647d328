import { describe, expect, it } from 'vitest';
import type { OperationView } from '../../../shared/schema/plan.ts';
import { decideStep, type Look, type Step } from './decide-step.ts';

function operation(op: OperationView['op'], profile = 'glm'): OperationView {
  return { op, profile, prefix: `${profile}-`, line: null, why: 'profile', diff: [] };
}

interface Case {
  readonly what: string;
  readonly operations?: readonly OperationView[];
  readonly consent?: boolean;
  readonly state?: Look['report']['state'];
  readonly autoSync?: Partial<Look['autoSync']>;
  readonly fights?: readonly string[];
  readonly step: Step;
}

const NOTHING = { kind: 'nothing' } as const;
const add = [operation('add')];

describe('what follows by itself from a look', () => {
  it.each<Case>([
    { what: 'nothing to do', step: NOTHING },
    { what: 'something to do', operations: add, step: { kind: 'sync', only: null, profiles: 1 } },
    {
      what: 'two changes of one profile and one of another',
      operations: [operation('remove'), operation('add'), operation('adopt', 'km')],
      step: { kind: 'sync', only: null, profiles: 2 },
    },
    { what: 'auto-sync is off', operations: add, autoSync: { enabled: false }, step: NOTHING },
    { what: 'it is paused', operations: add, autoSync: { pausedUntilMs: 9 }, step: NOTHING },
    { what: 'the target was released', operations: add, state: 'released', step: NOTHING },
    { what: 'a person must agree', operations: [operation('remove')], consent: true, step: NOTHING },
    {
      what: 'only what is left or reviewed',
      operations: [operation('leave'), operation('review')],
      step: NOTHING,
    },
    {
      what: 'something to do beside a review',
      operations: [operation('review'), operation('update', 'km')],
      step: { kind: 'sync', only: null, profiles: 1 },
    },
    { what: 'only what is fought over', operations: add, fights: ['glm'], step: NOTHING },
    {
      what: 'something to do beside a fight',
      operations: [operation('update'), operation('update', 'km'), operation('leave', 'held')],
      fights: ['glm'],
      step: { kind: 'sync', only: ['km'], profiles: 1 },
    },
  ])('$what', ({ operations = [], consent = false, state = 'pending', autoSync = {}, fights = [], step }) => {
    const reasons = consent ? [{ code: 'mass-removal', removed: 3, owned: 4 } as const] : [];
    const plan = { operations, skipped: [], held: [], warnings: [], consent: reasons };
    const decided = decideStep({
      report: { state, plan },
      autoSync: { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null, ...autoSync },
      fights: fights.map((profile) => ({ profile, field: 'prefix', times: 3, by: 'ccs' })),
    });
    expect(decided).toEqual(step);
  });
});
