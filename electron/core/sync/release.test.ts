import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  brief,
  CHANGE,
  engineHome,
  type EngineHome,
  envOf,
  must,
  stateOf,
} from '../../testing/engine-home.ts';

const CONFIG = 'port: 1\n';

async function synced(): Promise<EngineHome> {
  const home = engineHome({ config: CONFIG });
  for (const name of ['one', 'two']) home.profile(name, envOf(name));
  await home.sync();
  return home;
}

describe('releasing a target', () => {
  it('keeps the entries, which are the user’s from then on, until a sync names the target', async () => {
    const home = await synced();
    const before = home.readConfig();
    expect(must(await home.core.release('keep', CHANGE))).toMatchObject({
      outcome: 'done',
      how: 'memory',
      record: null,
    });
    rmSync(join(home.ccsDirectory, 'two.settings.json'));
    home.profile('one', envOf('one', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' }));
    expect(await home.sync()).toMatchObject({ outcome: 'released', record: null });
    expect(await home.sync({ dryRun: true })).toMatchObject({ outcome: 'released' });
    expect(must(await home.core.status()).state).toBe('released');
    expect(home.readConfig()).toBe(before);
    expect(must(await home.core.release('keep', CHANGE))).toMatchObject({ outcome: 'nothing' });

    const report = await home.sync({ targetNamed: true });
    expect(report.plan.operations).toMatchObject([{ op: 'review', profile: 'one', why: 'key-differs' }]);
    expect(home.readConfig()).toBe(before);
    expect(brief((await home.sync({ targetNamed: true, accepted: true })).plan.operations)).toEqual([
      'update one',
    ]);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    expect(home.readConfig()).toContain('two-');
  });

  it('takes the entries out where that is asked for, and leaves those that somebody changed', async () => {
    const home = await synced();
    home.writeConfig(home.readConfig().replace('sk-test-canary-one-0123456789', 'sk-test-by-hand'));
    const report = must(await home.core.release('remove', CHANGE));
    expect(report).toMatchObject({ outcome: 'done', how: 'entries', record: 2, changedSince: ['one'] });
    expect(brief(report.operations)).toEqual(['remove two']);
    expect(home.readConfig()).toContain('sk-test-by-hand');
    expect(home.readConfig()).not.toContain('two-');
    expect(await home.sync()).toMatchObject({ outcome: 'released' });
  });

  it('gives back the section as it was', async () => {
    const home = await synced();
    must(await home.core.release('remove', CHANGE));
    expect(home.readConfig()).toBe(CONFIG);
  });

  it.each([
    ['whole', ''],
    ['entry by entry', '# since\n'],
  ])('can be undone %s: the entries are ours again, and synced', async (_, comment) => {
    const home = await synced();
    const before = home.readConfig();
    must(await home.core.release('remove', CHANGE));
    home.writeConfig(comment + home.readConfig());
    expect(must(await home.core.undo(null, CHANGE))).toMatchObject({ undoes: 2, held: [] });
    expect(home.readConfig()).toBe(comment + before);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: [] } });
    rmSync(join(home.ccsDirectory, 'two.settings.json'));
    expect(brief((await home.sync()).plan.operations)).toEqual(['remove two']);
  });

  it('stays in force when an earlier sync is undone, and ends the holds', async () => {
    const home = await synced();
    must(await home.core.release('keep', CHANGE));
    must(await home.core.undo(1, CHANGE));
    expect(home.readConfig()).toBe(CONFIG);
    expect(await home.sync()).toMatchObject({ outcome: 'released' });
    must(await home.core.restoreFirst(CHANGE));
    expect(await home.sync()).toMatchObject({ outcome: 'released' });
  });

  it('as a dry run writes nothing', async () => {
    const home = await synced();
    const before = stateOf(home.home);
    expect(must(await home.core.release('remove', { dryRun: true, accepted: false }))).toMatchObject({
      outcome: 'planned',
    });
    expect(stateOf(home.home)).toEqual(before);
  });
});
