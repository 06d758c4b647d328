import { expect, it } from 'vitest';
import { engineHome, envOf, must } from '../../testing/engine-home.ts';
import { liveHome, QUIET_CONFIG, stateWhere } from '../../testing/live-home.ts';
import { addServer, officeHome, officeIs, targetOf, TO_OFFICE } from '../../testing/office-home.ts';

const OLD = envOf('glm');
const NEW = envOf('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-canary-glm-rotated' });

it('of two services that keep the same entry one asks before it begins; fighting over it, both say so', async () => {
  const { home, server, live } = await officeHome();
  const one = live();
  await stateWhere(one, officeIs('in-sync'));
  const otherHome = engineHome({ config: QUIET_CONFIG });
  otherHome.profile('glm', OLD);
  await addServer(otherHome.core, server);
  const other = liveHome(otherHome);
  const key = (): unknown => server.entries()[0]?.['api-key'];

  const asked = await stateWhere(other, officeIs('review'));
  expect(targetOf(asked).plan?.consent).toEqual([{ code: 'adoption', profiles: ['glm'] }]);
  must(await other.sync({ ...TO_OFFICE, accepted: true }));
  await stateWhere(other, officeIs('in-sync'));

  home.profile('glm', NEW);
  await expect.poll(key).toBe(NEW['ANTHROPIC_AUTH_TOKEN']);
  for (let round = 1; round <= 2; round += 1) {
    other.hint();
    await expect.poll(key).toBe(OLD['ANTHROPIC_AUTH_TOKEN']);
    one.hint();
    await expect.poll(key).toBe(NEW['ANTHROPIC_AUTH_TOKEN']);
    for (const service of [one, other]) {
      const state = await stateWhere(service, (now) => targetOf(now).lastDrift !== null);
      expect(targetOf(state).lastDrift).toMatchObject({ profiles: ['glm'], by: 'unknown' });
    }
  }
  other.hint();
  const fought = await stateWhere(other, officeIs('review'));
  expect(targetOf(fought).fights).toMatchObject([{ profile: 'glm', field: 'api-key', times: 3 }]);
  expect(key()).toBe(NEW['ANTHROPIC_AUTH_TOKEN']);

  // Where the other's user insists, the first one asks, too.
  must(await other.sync(TO_OFFICE));
  one.hint();
  const foughtToo = await stateWhere(one, officeIs('review'));
  expect(targetOf(foughtToo).fights).toMatchObject([{ profile: 'glm', field: 'api-key', times: 3 }]);

  // It is over once both ask for the same.
  home.profile('glm', OLD);
  for (const service of [one, other]) {
    const state = await stateWhere(service, officeIs('in-sync'));
    expect(targetOf(state).fights).toEqual([]);
  }
});
