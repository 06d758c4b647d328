import { describe, expect, it } from 'vitest';
import { brief, CHANGE, envOf, must } from '../../testing/engine-home.ts';
import { type OfficeHome, officeHome, prefixesOn } from '../../testing/office-home.ts';

const TO_OFFICE = { target: 'office', accepted: true, verify: true } as const;

/** An entry that another client adds. */
const THEIRS = { 'api-key': 'sk-test-theirs', prefix: 'theirs-', 'base-url': 'https://theirs.test' };

/** A server that has our entries, and a profile whose change is one request for one entry. */
async function synced(): Promise<OfficeHome> {
  const at = await officeHome({}, ['glm', 'km']);
  await at.home.sync(TO_OFFICE);
  at.home.profile('glm', envOf('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-canary-glm-rotated' }));
  return at;
}

/** Lets another client write once, right before our next write is carried out, or right after it. */
function meanwhile({ server }: OfficeHome, when: 'before' | 'after', write: () => void): void {
  server.beforeWrite(() => {
    server.beforeWrite(null);
    if (when === 'before') write();
    // The hook's caller carries out our write without a pause.
    else queueMicrotask(write);
  });
}

describe('what another client does to the list while we write to it', () => {
  for (const when of ['before', 'after'] as const) {
    it(`is not taken back with our change, when it came right ${when} it`, async () => {
      const at = await synced();
      const { server, home } = at;
      meanwhile(at, when, () => server.setEntries([...server.entries(), THEIRS]));
      await home.sync(TO_OFFICE);
      expect(prefixesOn(server)).toEqual(['glm-', 'km-', 'theirs-']);
      const undone = must(await home.core.undo(null, { ...CHANGE, target: 'office' }));
      expect(undone).toMatchObject({ outcome: 'done', how: 'entries' });
      expect(prefixesOn(server)).toEqual(['glm-', 'km-', 'theirs-']);
      expect(server.entries()[0]).toMatchObject({ 'api-key': 'sk-test-canary-glm-0123456789' });
    });
  }

  it('is seen by the next look, where it took ours out again', async () => {
    const at = await synced();
    const { server, home } = at;
    meanwhile(at, 'after', () => server.setEntries(server.entries().slice(1)));
    await home.sync(TO_OFFICE);
    expect(prefixesOn(server)).toEqual(['km-']);
    expect(must(await home.core.status('office')).state).not.toBe('in-sync');
    expect(brief((await home.sync(TO_OFFICE)).plan.operations)).toEqual(['add glm']);
    expect(prefixesOn(server)).toEqual(['glm-', 'km-']);
  });

  it('is seen by the next look, where it changed ours', async () => {
    const at = await synced();
    const { server, home } = at;
    meanwhile(at, 'after', () => {
      const [glm = {}, ...others] = server.entries();
      server.setEntries([{ ...glm, models: [{ name: 'changed-model', alias: '' }] }, ...others]);
    });
    await home.sync(TO_OFFICE);
    expect(must(await home.core.status('office')).state).toBe('pending');
  });
});

describe('a write that nobody disturbs', () => {
  it('is taken back as a whole, and proves that there is nothing to do', async () => {
    const { server, home } = await synced();
    await home.sync(TO_OFFICE);
    expect((await home.sync(TO_OFFICE)).outcome).toBe('in-sync');
    const undone = must(await home.core.undo(null, { ...CHANGE, target: 'office' }));
    expect(undone).toMatchObject({ outcome: 'done', how: 'whole' });
    expect(server.entries()[0]).toMatchObject({ 'api-key': 'sk-test-canary-glm-0123456789' });
  });
});

describe('our own writes to a server', () => {
  it('are a second apart, so that it has read its file again, whichever of us makes them', async () => {
    const { server, home } = await officeHome({}, ['glm', 'km']);
    const atMs: number[] = [];
    server.beforeWrite(() => atMs.push(home.clock.now()));
    await home.sync({ ...TO_OFFICE, verify: false });
    must(await home.core.undo(null, { ...CHANGE, target: 'office' }));
    const [first = 0, second = 0] = atMs;
    expect(atMs).toHaveLength(2);
    expect(second - first).toBeGreaterThanOrEqual(1000);
  });
});
