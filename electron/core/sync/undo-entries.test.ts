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
} from '../../testing/engine-home.ts';

const CONFIG = 'port: 1 # one\n';
const COMMENT = '# written since\n';

async function synced(config = CONFIG): Promise<EngineHome> {
  const home = engineHome({ config });
  for (const name of ['one', 'two']) home.profile(name, envOf(name));
  await home.sync();
  return home;
}

async function undo(home: EngineHome, id: number | null = null): Promise<UndoReport> {
  return must(await home.core.undo(id, CHANGE));
}

function addComment(home: EngineHome): void {
  home.writeConfig(home.readConfig().replace('port: 1', `${COMMENT}port: 1`));
}

function remove(home: EngineHome, name: string): void {
  rmSync(join(home.ccsDirectory, `${name}.settings.json`));
}

const rotated = { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' };

describe('undoing a sync whose file was changed since', () => {
  it('takes back its entries only: an addition', async () => {
    const home = await synced();
    addComment(home);
    expect(await undo(home)).toMatchObject({
      outcome: 'done',
      how: 'entries',
      held: ['one', 'two'],
      changedSince: [],
    });
    expect(home.readConfig()).toBe(COMMENT + CONFIG);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one', 'two'] } });
  });

  it('… a removal that had ended a hold: the next sync has nothing to do', async () => {
    const home = await synced();
    home.profile('one', envOf('one', rotated));
    await home.sync();
    await undo(home);
    remove(home, 'one');
    await home.sync();
    addComment(home);
    expect(await undo(home)).toMatchObject({ how: 'entries' });
    const text = home.readConfig();
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    expect(home.readConfig()).toBe(text);
  });

  it('… a rotation, whose entry stays ours', async () => {
    const home = await synced();
    const before = home.readConfig();
    home.profile('one', envOf('one', { ...rotated, ANTHROPIC_MODEL: 'newer' }));
    await home.sync();
    addComment(home);
    expect(await undo(home)).toMatchObject({ how: 'entries', held: ['one'] });
    expect(home.readConfig()).toBe(COMMENT + before);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one'] } });
    remove(home, 'one');
    expect(brief((await home.sync()).plan.operations)).toEqual(['remove one']);
  });

  it('… a rotation, without a model of their own that the user took out since', async () => {
    const home = await synced();
    const mine = home.readConfig().replace('    models:\n', '    models:\n      - {name: my-own}\n');
    home.writeConfig(mine);
    home.profile('one', envOf('one', { ...rotated, ANTHROPIC_MODEL: 'newer' }));
    await home.sync();
    home.writeConfig(home.readConfig().replace('      - {name: my-own}\n', ''));
    expect(await undo(home)).toMatchObject({ how: 'entries', held: ['one'] });
    expect(home.readConfig()).toBe(mine.replace('      - {name: my-own}\n', ''));
  });

  it('… a rename, whose entry stays ours under its old name', async () => {
    const home = await synced();
    const before = home.readConfig();
    remove(home, 'two');
    home.profile('zwei', envOf('two'));
    expect(brief((await home.sync()).plan.operations)).toEqual(['update zwei']);
    addComment(home);
    expect(await undo(home)).toMatchObject({ how: 'entries', held: ['zwei'] });
    expect(home.readConfig()).toBe(COMMENT + before);
    expect(brief((await home.sync()).plan.operations)).toEqual(['leave zwei']);
    remove(home, 'zwei');
    expect(brief((await home.sync()).plan.operations)).toEqual(['remove two']);
  });

  it('… a removal, with all that stood in the entry', async () => {
    const home = await synced();
    const mine = home
      .readConfig()
      .replace('    proxy-url: ""', '    proxy-url: ""\n    # why\n    priority: 7');
    home.writeConfig(mine);
    remove(home, 'one');
    await home.sync();
    addComment(home);
    expect(brief((await undo(home)).operations)).toEqual(['restore one']);
    expect(home.readConfig()).toContain('    # why\n    priority: 7');
    expect(home.readConfig().startsWith(COMMENT)).toBe(true);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('… an adoption, which gives CCS its entry back', async () => {
    const config = `${CONFIG}${ccsSection([ccsEntry('one')])}`;
    const home = engineHome({ config });
    home.profile('one', envOf('one'));
    await home.sync();
    addComment(home);
    expect(await undo(home)).toMatchObject({ how: 'entries', held: ['one'] });
    // An empty prefix is none.
    expect(home.readConfig().replace('    prefix: ""\n', '')).toBe(COMMENT + config);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one'] } });
  });

  it('leaves what somebody changed since, and says so', async () => {
    const home = await synced();
    home.writeConfig(home.readConfig().replace('sk-test-canary-one-0123456789', 'sk-test-by-hand'));
    expect(await undo(home)).toMatchObject({ how: 'entries', held: ['two'], changedSince: ['one'] });
    expect(home.readConfig()).toContain('sk-test-by-hand');
    expect(home.readConfig()).not.toContain('two-');
  });

  it('does nothing where all was changed since', async () => {
    const home = await synced();
    home.writeConfig(`${CONFIG}${COMMENT}`);
    const before = home.readConfig();
    expect(await undo(home)).toMatchObject({
      outcome: 'nothing',
      record: null,
      changedSince: ['one', 'two'],
      held: [],
    });
    expect(home.readConfig()).toBe(before);
  });

  it('can itself be undone, entry by entry', async () => {
    const home = await synced();
    const after = home.readConfig();
    home.profile('one', envOf('one', rotated));
    remove(home, 'two');
    home.profile('three', envOf('three'));
    await home.sync();
    const last = home.readConfig();
    await undo(home);
    expect(home.readConfig()).toBe(after);
    addComment(home);
    expect(await undo(home, 3)).toMatchObject({ how: 'entries', undoes: 3, held: [], changedSince: [] });
    expect(home.readConfig()).toBe(COMMENT + last);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: [] } });
    for (const name of ['one', 'three']) remove(home, name);
    await home.sync();
    expect(home.readConfig()).toBe(COMMENT + CONFIG);
  });
});
