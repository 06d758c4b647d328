import { describe, expect, it } from 'vitest';
import type { Settings } from '../../shared/schema/settings.ts';
import type { AppState, TargetState } from '../../shared/schema/state.ts';
import { routeTo } from '../../shared/state/routes.ts';
import { clauseFaults, sentenceFaults } from '../../shared/words/testing/text-faults.ts';
import { fakeClock, type FakeClock } from '../testing/fake-clock.ts';
import { GLANCE_STATE_NAMES, GLANCE_STATES } from '../testing/glance-states.ts';
import { REMOTE_STATES } from '../testing/remote-states.ts';
import type { Note } from './notification-words.ts';
import { createNotifier } from './notifier.ts';

interface Scene {
  readonly clock: FakeClock;
  readonly notes: readonly Note[];
  readonly titles: () => readonly string[];
  readonly take: (state: AppState) => void;
  readonly dispose: () => void;
}

const timeOf = (moment: number): string => new Date(moment).toISOString().slice(11, 16);

function scene(setting: Settings['notifications'] = 'problems', isLookedAt = (): boolean => false): Scene {
  const clock = fakeClock();
  const notes: Note[] = [];
  const show = (note: Note): void => void notes.push(note);
  const notifier = createNotifier({ clock, setting: () => setting, isLookedAt, timeOf, show });
  return {
    clock,
    notes,
    titles: () => notes.map(({ title }) => title),
    take: (state) => notifier.take(state),
    dispose: () => notifier.dispose(),
  };
}

function withTarget(state: AppState, over: Partial<TargetState>): AppState {
  return { ...state, targets: state.targets.map((target) => ({ ...target, ...over })) };
}

const BROKEN = GLANCE_STATES['error-yaml'];
const BROKEN_TITLE = 'Sync failed: config.yaml line 41: "port" is there twice';

describe('a notification', () => {
  it.each([
    ['error-yaml', BROKEN_TITLE, '#/overview'],
    ['error-watcher', 'Changes are not noticed any more', '#/overview'],
    ['error-ccs-gone', 'There is no CCS directory at .ccs', '#/overview'],
    ['auth-failed', 'office: management key refused', '#/overview?target=office'],
    ['review', 'Review 2 changes before syncing', '#/overview?preview'],
    ['mixed', 'Something keeps changing your profiles back', '#/overview?preview'],
  ] as const)('tells what needs a person, and leads there: %s', async (name, title, hash) => {
    const { clock, notes, take } = scene();
    take(GLANCE_STATES[name]);
    expect(notes).toEqual([]);
    await clock.advance(5_000);
    expect(notes.map((note) => [note.title, routeTo(note.route)])).toEqual([[title, hash]]);
    expect(notes.flatMap((note) => [...clauseFaults(note.title), ...sentenceFaults(note.body)])).toEqual([]);
  });

  it('tells nothing of what needs nobody', async () => {
    const quiet = GLANCE_STATE_NAMES.filter(
      (name) => !['error', 'auth', 'review', 'mixed'].includes(name.split('-')[0] ?? ''),
    );
    for (const name of quiet) {
      const { clock, notes, take } = scene();
      take(GLANCE_STATES[name]);
      await clock.advance(3_600_000);
      expect([name, notes]).toEqual([name, []]);
    }
    expect(quiet).toContain('held');
  });

  it('is not shown for a problem that is over within 5 s', async () => {
    const { clock, notes, take } = scene();
    take(BROKEN);
    await clock.advance(4_999);
    take(GLANCE_STATES.synced);
    await clock.advance(60_000);
    take(BROKEN);
    await clock.advance(4_999);
    expect(notes).toEqual([]);
    expect(clock.timers).toBe(1);
  });

  it('comes once for one cause, also while it changes and comes back soon', async () => {
    const { clock, titles, take } = scene();
    take(BROKEN);
    await clock.advance(5_000);
    for (const line of [42, 40, 39]) {
      const refusal = { code: 'duplicate-key', line, column: 1, detail: 'port' } as const;
      const error = { code: 'target-refused', path: '/c.yaml', refusal } as const;
      take(withTarget(BROKEN, { error: { error, retryAtMs: null } }));
      await clock.advance(60_000);
      take(GLANCE_STATES.synced);
      await clock.advance(599_000);
    }
    expect(titles()).toEqual([BROKEN_TITLE]);
  });

  it('comes once for a key that is refused, whatever else becomes of the server, and again for another fault', async () => {
    const { clock, notes, take } = scene();
    for (const name of ['auth-failed', 'offline', 'auth-failed', 'banned', 'auth-failed'] as const) {
      take(REMOTE_STATES[name]);
      await clock.advance(60_000);
    }
    expect(notes.map(({ title, route }) => [title, routeTo(route)])).toEqual([
      ['office: management key refused', '#/overview?target=office'],
      ['office: shut out until 14:00', '#/overview?target=office'],
    ]);
    expect(notes.flatMap((note) => [...clauseFaults(note.title), ...sentenceFaults(note.body)])).toEqual([]);
  });

  it('tells nothing of a server that is paused', async () => {
    const { clock, notes, take } = scene();
    const { targets, ...state } = REMOTE_STATES['auth-failed'];
    const paused = targets.map((target) => {
      return { ...target, remote: target.remote === null ? null : { ...target.remote, paused: true } };
    });
    take({ ...state, targets: paused });
    await clock.advance(60_000);
    expect(notes).toEqual([]);
  });

  it('comes again when its cause was gone for 10 min', async () => {
    const { clock, titles, take } = scene();
    take(BROKEN);
    await clock.advance(5_000);
    take(GLANCE_STATES.synced);
    await clock.advance(600_000);
    take(BROKEN);
    await clock.advance(5_000);
    expect(titles()).toEqual([BROKEN_TITLE, BROKEN_TITLE]);
  });

  it('comes for each of two causes', async () => {
    const { clock, titles, take } = scene();
    take(BROKEN);
    await clock.advance(5_000);
    take({ ...BROKEN, watcher: { state: 'stopped' } });
    await clock.advance(5_000);
    take(GLANCE_STATES.review);
    await clock.advance(5_000);
    expect(titles()).toEqual([
      BROKEN_TITLE,
      'Changes are not noticed any more',
      'Review 2 changes before syncing',
    ]);
  });

  it('is not shown to somebody who looks at the window, nor later', async () => {
    let isLookedAt = true;
    const { clock, notes, take } = scene('problems', () => isLookedAt);
    take(BROKEN);
    await clock.advance(5_000);
    isLookedAt = false;
    take({ ...BROKEN, revision: 8 });
    await clock.advance(3_600_000);
    expect(notes).toEqual([]);
  });

  it('never comes where none is wanted', async () => {
    const { clock, notes, take } = scene('none');
    take(BROKEN);
    await clock.advance(3_600_000);
    expect(notes).toEqual([]);
  });

  it('leaves no timer behind', () => {
    const { clock, take, dispose } = scene();
    take(BROKEN);
    dispose();
    dispose();
    expect(clock.timers).toBe(0);
  });
});

describe('a notification of everything', () => {
  const drift = { atMs: 5, profiles: ['glm', 'km'], by: 'ccs', record: 13 } as const;

  it('tells of a repair, once', () => {
    const { notes, take } = scene('all');
    take(GLANCE_STATES.synced);
    const repaired = withTarget(GLANCE_STATES.synced, { lastDrift: drift });
    take(repaired);
    take(withTarget(repaired, { lastRecord: 13 }));
    expect(notes.map(({ title, body, route }) => [title, body, routeTo(route)])).toEqual([
      ['Profiles were restored', 'Brought back what was changed by CCS: glm and km', '#/history/13'],
    ]);
  });

  it('tells of a change that was written, unless a person asked for it', () => {
    const { notes, take } = scene('all');
    take(GLANCE_STATES.synced);
    take(withTarget(GLANCE_STATES.synced, { lastRecord: 13 }));
    take(GLANCE_STATES['syncing-user']);
    take(withTarget(GLANCE_STATES.synced, { lastRecord: 14 }));
    expect(notes.map(({ body, route }) => [body, routeTo(route)])).toEqual([
      ['Change 13 is written', '#/history/13'],
    ]);
  });

  it('names the server that was changed or mended, and leads to its history', () => {
    const { notes, take } = scene('all');
    const changed = (over: Partial<TargetState>): AppState => {
      const { targets, ...state } = REMOTE_STATES['in-sync'];
      return { ...state, targets: targets.map((one) => (one.id === 'office' ? { ...one, ...over } : one)) };
    };
    take(changed({}));
    take(changed({ lastRecord: 13 }));
    take(changed({ lastRecord: 13, lastDrift: { ...drift, record: 14 } }));
    expect(notes.map(({ title, route }) => [title, routeTo(route)])).toEqual([
      ['office was changed', '#/history/13?target=office'],
      ['Profiles were restored on office', '#/history/14?target=office'],
    ]);
  });

  it('takes nothing for news that was there when the service began', () => {
    const { notes, take } = scene('all');
    take(GLANCE_STATES.starting);
    take(withTarget(GLANCE_STATES.synced, { lastDrift: drift }));
    expect(notes).toEqual([]);
  });

  it('tells what the running proxy has not loaded, and what helps', async () => {
    const { clock, notes, take } = scene('all');
    take(GLANCE_STATES['not-loaded']);
    await clock.advance(5_000);
    expect(notes).toMatchObject([
      {
        title: '2 profiles wait for the proxy: restart it',
        body: 'Restart the proxy: ccs cliproxy restart where CCS runs it, else the way you start CLIProxyAPI.',
      },
    ]);
  });
});
