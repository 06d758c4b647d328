import { expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { sampleState } from '../../testing/sample-state.ts';
import { createActivities } from './activities.ts';
import { createStateStore } from './store.ts';

it('tells of several syncs as of one, that of a person before all others', async () => {
  const clock = fakeClock();
  const store = createStateStore(sampleState());
  const activities = createActivities(store, clock);
  const startMs = clock.now();
  activities.began('local', { by: 'auto', profiles: 2 });
  await clock.advance(10);
  activities.began('office', { by: 'auto', profiles: 3 });
  const both = { kind: 'syncing', by: 'auto', sinceMs: startMs, profiles: 3 };
  expect(store.state().activity).toEqual(both);
  activities.began('lab', { by: 'user', profiles: 1 });
  const asked = { kind: 'syncing', by: 'user', sinceMs: startMs + 10, profiles: 1 };
  expect(store.state().activity).toEqual(asked);
  activities.ended('local');
  expect(store.state().activity).toEqual(asked);
  activities.ended('lab');
  expect(store.state().activity).toEqual({ ...both, sinceMs: startMs + 10 });
  activities.ended('office');
  expect(store.state().activity).toEqual({ kind: 'idle' });
  activities.ended('office');
  expect(store.state().activity).toEqual({ kind: 'idle' });
});
