import { expect, it } from 'vitest';
import { createContext } from '../core.ts';
import { envOf, filesBelow, must } from '../../testing/engine-home.ts';
import { type OfficeHome, officeHome, prefixesOn, TO_OFFICE } from '../../testing/office-home.ts';
import { surveyTarget } from './status.ts';
import { carryOut } from './sync-target.ts';
import type { SyncContext } from './sync-context.ts';

function contextOf({ home }: OfficeHome): SyncContext {
  return must(createContext({ env: {}, homedir: home.home, platform: process.platform, clock: home.clock }));
}

it('brings no profile to a server that was left out after it was planned', async () => {
  const at = await officeHome({}, ['glm', 'km']);
  const context = contextOf(at);
  must(await carryOut(context, TO_OFFICE));
  for (const name of ['glm', 'km'])
    at.home.profile(name, envOf(name, { ANTHROPIC_AUTH_TOKEN: `sk-test-new-${name}` }));
  const survey = must(await surveyTarget(context, { proxy: false, target: 'office' }));
  must(await at.home.core.updateTarget({ id: 'office', profiles: ['km'] }));
  must(await carryOut(context, TO_OFFICE, survey));
  expect(prefixesOn(at.server)).toEqual(['km-']);
});

it('leaves no old keys behind where a server is removed while it is written to', async () => {
  const at = await officeHome({}, ['glm', 'km']);
  await at.home.sync(TO_OFFICE);
  at.home.profile('late', envOf('late'));
  const removed = new Promise((resolve) => {
    at.server.beforeBody(() => {
      at.server.beforeBody(null);
      // So that it is planned once more, which writes into the history again.
      at.server.setEntries([]);
      resolve(at.home.core.removeTarget({ id: 'office', entries: 'keep' }));
    });
  });
  await at.home.trySync(TO_OFFICE);
  await removed;
  expect(filesBelow(at.home.stateFolder, 'record')).toEqual([]);
  expect(filesBelow(at.home.stateFolder, 'ledger.json')).toEqual([]);
});
