import { expect, it } from 'vitest';
import type { UpdateTarget } from '../../../shared/schema/remote.ts';
import { ACCEPTED, filesBelow, must } from '../../testing/engine-home.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import type { FaultyRemote } from '../../testing/open-faulty-remote.ts';
import { type OfficeHome, officeHome, officeIs, OFFICE_KEY, prefixesOn } from '../../testing/office-home.ts';
import { stateWhere } from '../../testing/live-home.ts';

const TO_OFFICE = { target: 'office' };
const FOREIGN = { 'api-key': 'sk-test-foreign', prefix: 'theirs-' };

interface Scene extends OfficeHome {
  /** What answers at the new address. */
  readonly next: FaultyRemote;
  readonly change: (over: Partial<UpdateTarget>) => ReturnType<OfficeHome['home']['core']['updateTarget']>;
}

/** Two profiles and somebody's entry are on the server at the old address. */
async function scene(): Promise<Scene> {
  const at = await officeHome({}, ['glm', 'km']);
  at.server.setEntries([FOREIGN]);
  must(await at.home.trySync({ ...TO_OFFICE, accepted: true }));
  const next = await startFaultyRemote({ key: OFFICE_KEY });
  const change = (over: Partial<UpdateTarget>) =>
    at.home.core.updateTarget({
      id: 'office',
      url: next.url,
      key: { kind: 'typed', key: OFFICE_KEY },
      certificate: next.fingerprint,
      ...over,
    });
  return { ...at, next, change };
}

it('asks what becomes of the entries at the old address, and changes nothing until it knows', async () => {
  const { home, server, change } = await scene();
  expect(await change({})).toEqual({ ok: false, error: { code: 'target-value-invalid', field: 'entries' } });
  const { remotes } = must(await home.core.targets());
  expect(remotes).toMatchObject([{ url: server.url, wasSynced: true }]);
  expect(prefixesOn(server)).toEqual(['glm-', 'km-', 'theirs-']);
});

it('goes on with the same server at another address: its entries are ours, and its history is there', async () => {
  const { home, server, next, change } = await scene();
  next.setEntries(server.entries());
  must(await change({ entries: 'move' }));
  const synced = must(await home.trySync(TO_OFFICE));
  expect(synced).toMatchObject({ outcome: 'in-sync', target: { path: next.url } });
  expect(must(await home.core.history('office')).records).toHaveLength(1);
  must(await home.core.undo(null, { ...ACCEPTED, ...TO_OFFICE }));
  expect(prefixesOn(next)).toEqual(['theirs-']);
});

it('takes our entries out of the old server, and forgets it with the keys of its history', async () => {
  const { home, server, next, change } = await scene();
  must(await change({ entries: 'remove' }));
  expect(prefixesOn(server)).toEqual(['theirs-']);
  expect(filesBelow(home.stateFolder, 'record')).toEqual([]);
  expect(must(await home.core.targets()).remotes).toMatchObject([{ url: next.url, wasSynced: false }]);
  must(await home.trySync(TO_OFFICE));
  expect(prefixesOn(next)).toEqual(['glm-', 'km-']);
});

it('leaves our entries on the old server where that is wanted, and forgets it all the same', async () => {
  const { home, server, change } = await scene();
  const asked = server.requests.length;
  must(await change({ entries: 'keep' }));
  expect(server.requests).toHaveLength(asked);
  expect(prefixesOn(server)).toEqual(['glm-', 'km-', 'theirs-']);
  expect(filesBelow(home.stateFolder, 'record')).toEqual([]);
});

it('stays at the old address where its entries can’t be taken out', async () => {
  const { home, server, change } = await scene();
  await server.setFault({ kind: 'status', status: 500 });
  expect(await change({ entries: 'remove' })).toMatchObject({ ok: false, error: { code: 'remote-fault' } });
  expect(must(await home.core.targets()).remotes).toMatchObject([{ url: server.url, wasSynced: true }]);
});

it('takes nothing out for a change that can’t be', async () => {
  const { server, change } = await scene();
  expect(await change({ entries: 'remove', name: 'local' })).toMatchObject({
    ok: false,
    error: { code: 'target-name-taken' },
  });
  expect(prefixesOn(server)).toEqual(['glm-', 'km-', 'theirs-']);
});

it('asks nothing where nothing was synced yet', async () => {
  const { home } = await officeHome();
  expect(must(await home.core.targets()).remotes).toMatchObject([{ wasSynced: false }]);
  const change = {
    id: 'office',
    url: 'https://127.0.0.1:1',
    key: { kind: 'typed', key: OFFICE_KEY },
  } as const;
  expect(await home.core.updateTarget(change)).toMatchObject({ ok: true });
});

it('is made while all is alive: the old server is left, and the new one gets what it should have', async () => {
  const { server, next, live } = await scene();
  const core = live();
  await stateWhere(core, officeIs('in-sync'));
  must(
    await core.updateTarget({
      id: 'office',
      url: next.url,
      key: { kind: 'typed', key: OFFICE_KEY },
      certificate: next.fingerprint,
      entries: 'remove',
    }),
  );
  await expect.poll(() => prefixesOn(next)).toEqual(['glm-', 'km-']);
  await stateWhere(core, officeIs('in-sync'));
  expect(prefixesOn(server)).toEqual(['theirs-']);
});
