import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { UndoReport } from '../../../shared/schema/undo.ts';
import {
  brief,
  ccsEntry,
  ccsSection,
  CHANGE,
  engineHome,
  type EngineHome,
  envOf,
  must,
  stateOf,
} from '../../testing/engine-home.ts';

const CONFIG = 'port: 1 # one\n';

async function synced(config = CONFIG): Promise<EngineHome> {
  const home = engineHome({ config });
  for (const name of ['one', 'two']) home.profile(name, envOf(name));
  await home.sync();
  return home;
}

async function undo(home: EngineHome, id: number | null = null): Promise<UndoReport> {
  return must(await home.core.undo(id, CHANGE));
}

function remove(home: EngineHome, name: string): void {
  rmSync(join(home.ccsDirectory, `${name}.settings.json`));
}

const rotated = { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' };

describe('undoing a sync whose file is as it left it', () => {
  it('gives back the bytes from before, and plain syncs respect it', async () => {
    const home = await synced();
    const report = await undo(home);
    expect(report).toMatchObject({
      outcome: 'done',
      how: 'whole',
      undoes: 1,
      record: 2,
      held: ['one', 'two'],
    });
    expect(brief(report.operations)).toEqual(['remove one', 'remove two']);
    expect(home.readConfig()).toBe(CONFIG);
    for (let round = 0; round < 2; round++) {
      expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one', 'two'] } });
    }
    expect(home.readConfig()).toBe(CONFIG);
  });

  it('holds a profile until it changes, or is synced by name', async () => {
    const home = await synced();
    const after = home.readConfig();
    await undo(home);
    home.profile('two', envOf('two', rotated));
    expect(brief((await home.sync()).plan.operations)).toEqual(['leave one', 'add two']);
    home.profile('two', envOf('two'));
    await home.sync();
    expect(brief((await home.sync({ only: ['one'] })).plan.operations)).toEqual(['add one']);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: [] } });
    expect(home.readConfig().length).toBe(after.length);
  });

  it('of a rotation brings the old key back, which is ours then as before', async () => {
    const home = await synced();
    const before = home.readConfig();
    home.profile('one', envOf('one', rotated));
    await home.sync();
    expect(await undo(home)).toMatchObject({ how: 'whole', held: ['one'] });
    expect(home.readConfig()).toBe(before);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one'] } });
    remove(home, 'one');
    expect(brief((await home.sync()).plan.operations)).toEqual(['remove one']);
  });

  it('of a removal brings the entry back as the user’s own', async () => {
    const home = await synced();
    const before = home.readConfig();
    remove(home, 'one');
    await home.sync();
    expect(brief((await undo(home)).operations)).toEqual(['restore one']);
    expect(home.readConfig()).toBe(before);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    home.profile('one', envOf('one', rotated));
    expect((await home.sync()).plan.skipped).toMatchObject([
      { profile: 'one', reason: { code: 'prefix-taken' } },
    ]);
  });

  it('of an adoption gives CCS its entry back', async () => {
    const config = `${CONFIG}${ccsSection([ccsEntry('one')])}`;
    const home = engineHome({ config });
    home.profile('one', envOf('one'));
    await home.sync();
    expect(await undo(home)).toMatchObject({ how: 'whole', held: ['one'] });
    expect(home.readConfig()).toBe(config);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one'] } });
  });

  it('takes back one change after the other, newest first, and then has none left', async () => {
    const home = await synced();
    const first = home.readConfig();
    home.profile('one', envOf('one', rotated));
    await home.sync();
    expect(await undo(home)).toMatchObject({ undoes: 2 });
    expect(home.readConfig()).toBe(first);
    expect(await undo(home)).toMatchObject({ undoes: 1, how: 'whole' });
    expect(home.readConfig()).toBe(CONFIG);
    expect(await home.core.undo(null, CHANGE)).toEqual({ ok: false, error: { code: 'nothing-to-undo' } });
    expect(await home.core.undo(9, CHANGE)).toEqual({
      ok: false,
      error: { code: 'unknown-record', id: '9' },
    });
  });

  it('can itself be undone: bytes, ownership and holds are as before it', async () => {
    const home = await synced();
    const after = home.readConfig();
    await undo(home);
    expect(await undo(home, 2)).toMatchObject({ how: 'whole', undoes: 2, held: [] });
    expect(home.readConfig()).toBe(after);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: [] } });
    expect(await undo(home)).toMatchObject({ undoes: 1 });
    expect(home.readConfig()).toBe(CONFIG);
  });

  it('leaves the holds of other undos in force', async () => {
    const home = engineHome({ config: CONFIG });
    home.profile('one', envOf('one'));
    await home.sync();
    home.profile('two', envOf('two'));
    await home.sync();
    await undo(home);
    home.profile('three', envOf('three'));
    await home.sync();
    await undo(home);
    expect((await home.sync()).plan.held).toEqual(['three', 'two']);
  });

  it('as a dry run writes nothing and says the same', async () => {
    const home = await synced();
    const before = stateOf(home.home);
    const planned = must(await home.core.undo(null, { dryRun: true, accepted: false }));
    expect(stateOf(home.home)).toEqual(before);
    expect({ ...(await undo(home)), outcome: 'planned', record: null, proxy: null }).toEqual(planned);
  });
});
