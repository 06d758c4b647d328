import { describe, expect, it } from 'vitest';
import type { OperationView } from '../schema/plan.ts';
import type { ProfileStatus, StatusReport } from '../schema/status.ts';
import { describeStatus } from './describe-status.ts';
import { clauseFaults } from './testing/text-faults.ts';

const states: Readonly<Record<StatusReport['state'], true>> = {
  'in-sync': true,
  pending: true,
  review: true,
  released: true,
};
const allStates = Object.keys(states) as StatusReport['state'][];

const profile = (name: string): ProfileStatus => {
  return {
    name,
    path: `/${name}.settings.json`,
    registered: true,
    state: 'synced',
    reason: null,
    entry: null,
    risks: [],
  };
};
const operation: OperationView = {
  op: 'add',
  why: 'profile',
  profile: 'glm',
  prefix: 'glm-',
  line: null,
  diff: [],
};

interface Scene {
  readonly profiles?: readonly string[];
  readonly operations?: readonly OperationView[];
  readonly proxy?: StatusReport['proxy'];
}

function report(
  state: StatusReport['state'],
  { profiles = [], operations = [], proxy = null }: Scene,
): StatusReport {
  return {
    ccsDirectory: '/home/ana/.ccs',
    autoSync: 'on',
    target: { id: 'local', path: '/c.yaml' },
    state,
    lastChange: null,
    profiles: profiles.map(profile),
    plan: { operations, skipped: [], held: [], warnings: [], consent: [] },
    proxy,
  };
}

const deaf: StatusReport['proxy'] = {
  state: 'not-loaded',
  why: 'deaf',
  missing: [],
  missingCount: 0,
  ghosts: [],
  ghostCount: 0,
  version: null,
  management: 'no-key',
  watching: false,
  pid: null,
};
const scenes: readonly Scene[] = [
  {},
  { profiles: ['glm'], operations: [operation] },
  { profiles: ['glm', 'mm'], operations: [operation, operation], proxy: { state: 'not-running' } },
  { profiles: ['glm', 'mm'], proxy: deaf },
];

describe('the words of how things stand', () => {
  it.each(allStates.flatMap((state) => scenes.map((scene) => [state, scene] as const)))(
    'are one clause: %s %j',
    (state, scene) => {
      expect(clauseFaults(describeStatus(report(state, scene)))).toEqual([]);
    },
  );

  it('never call a file in sync that the running proxy has not loaded', () => {
    expect(describeStatus(report('in-sync', { profiles: ['glm', 'mm'], proxy: deaf }))).toBe(
      '2 profiles wait for the proxy',
    );
  });

  it('count as waiting only what the running proxy was seen to lack, as the tray does', () => {
    const [glm, mm] = report('in-sync', { profiles: ['glm', 'mm'] }).profiles.map((one) => {
      const key = { present: true, last4: null, fingerprint: 'f' };
      return { ...one, entry: { prefix: `${one.name}-`, baseUrl: '', models: [], key } };
    });
    if (glm === undefined || mm === undefined) throw new Error('The sample has changed');
    const differs: StatusReport['proxy'] = {
      ...deaf,
      why: 'differs',
      missing: ['mm-/m1', 'mm-/m2'],
      missingCount: 2,
    };
    const scene = { ...report('in-sync', { proxy: differs }), profiles: [glm, mm] };
    expect(describeStatus(scene)).toBe('1 profile waits for the proxy');
    const ghosts: StatusReport['proxy'] = { ...deaf, why: 'ghosts', ghosts: ['hf-/x'], ghostCount: 1 };
    expect(describeStatus({ ...scene, proxy: ghosts })).toBe(
      'The proxy still serves removed profiles: restart it',
    );
  });

  it('count what waits', () => {
    expect(describeStatus(report('pending', { operations: [operation, operation] }))).toBe(
      '2 changes wait for a sync',
    );
  });

  it('says that profiles are held, rather than that there are none', () => {
    const one = report('in-sync', { profiles: ['glm'] });
    const held = { ...one, profiles: one.profiles.map((entry) => ({ ...entry, state: 'held' as const })) };
    expect(describeStatus(held)).toBe('1 profile is held as an undo left it');
  });
});
