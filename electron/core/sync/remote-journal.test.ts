import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHANGE, envOf, filesBelow, must } from '../../testing/engine-home.ts';
import { stateWhere } from '../../testing/live-home.ts';
import { type OfficeHome, officeHome, officeIs, prefixesOn } from '../../testing/office-home.ts';

const TO_OFFICE = { target: 'office', accepted: true, verify: true } as const;
const OWN = { 'api-key': 'sk-test-own', prefix: 'own-', 'base-url': 'https://own.test' };

/** A server that has carried out our first write and never said so. */
async function unsaid(): Promise<OfficeHome> {
  const at = await officeHome({}, ['glm', 'km']);
  await at.server.setFault({ kind: 'done-unsaid' }, ['PUT']);
  expect((await at.home.trySync(TO_OFFICE)).ok).toBe(false);
  await at.server.setFault(null);
  expect(prefixesOn(at.server)).toEqual(['glm-', 'km-']);
  return at;
}

function journals({ home }: OfficeHome): readonly string[] {
  return filesBelow(home.stateFolder, 'write.json');
}

function removeProfile({ home }: OfficeHome, name: string): void {
  rmSync(join(home.ccsDirectory, `${name}.settings.json`));
}

describe('a write to a server whose answer was lost', () => {
  it('is in the history once a sync has found it done, and leaves no journal', async () => {
    const at = await unsaid();
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('in-sync');
    const { records } = must(await at.home.core.history('office'));
    expect(records.map(({ id, kind }) => [id, kind])).toEqual([[1, 'sync']]);
    expect(journals(at)).toEqual([]);
  });

  it('is in the history of a living engine as soon as its server answers again', async () => {
    const { server, live: begin } = await officeHome();
    await server.setFault({ kind: 'done-unsaid' }, ['PUT']);
    const live = begin();
    await stateWhere(live, officeIs('offline'));
    await server.setFault(null);
    live.hint();
    await stateWhere(live, officeIs('in-sync'));
    expect(must(await live.history('office')).records.map(({ kind }) => kind)).toEqual(['sync']);
  });

  it('does not come back after its target was released', async () => {
    const at = await unsaid();
    must(await at.home.core.release('keep', { ...CHANGE, target: 'office' }));
    expect(must(await at.home.core.status('office')).state).toBe('released');
    expect((await at.home.sync(TO_OFFICE)).outcome).toBe('released');
  });

  it('leaves alone what a look finds, as a look writes nothing', async () => {
    const at = await unsaid();
    expect(must(await at.home.core.status('office')).state).toBe('in-sync');
    expect(journals(at)).toHaveLength(1);
    expect(existsSync(journals(at)[0] ?? '')).toBe(true);
  });
});

describe('a write to a server that never arrived', () => {
  it('is not taken for done where somebody else has made the list as long as it would be', async () => {
    const at = await officeHome({}, ['glm', 'km']);
    const { home, server } = at;
    await home.sync(TO_OFFICE);
    server.setEntries([OWN, ...server.entries()]);
    removeProfile(at, 'glm');
    await server.setFault({ kind: 'half' }, ['DELETE', 'PUT']);
    expect((await home.trySync(TO_OFFICE)).ok).toBe(false);
    server.setEntries(server.entries().slice(1));
    await server.setFault(null);
    expect((await home.sync(TO_OFFICE)).outcome).toBe('written');
    expect(prefixesOn(server)).toEqual(['km-']);
  });

  it('leaves no journal once nothing waits any more', async () => {
    const at = await officeHome({}, ['glm', 'km']);
    const { home, server } = at;
    await home.sync(TO_OFFICE);
    home.profile('late', envOf('late'));
    await server.setFault({ kind: 'half' }, ['PUT']);
    expect((await home.trySync(TO_OFFICE)).ok).toBe(false);
    expect(journals(at)).toHaveLength(1);
    await server.setFault(null);
    removeProfile(at, 'late');
    expect((await home.sync(TO_OFFICE)).outcome).toBe('in-sync');
    expect(prefixesOn(server)).toEqual(['glm-', 'km-']);
  });
});
