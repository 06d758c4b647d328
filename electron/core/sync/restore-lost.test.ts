import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ccsEntry,
  ccsSection,
  CHANGE,
  engineHome,
  type EngineHome,
  envOf,
  must,
  rewriteAsCcs,
} from '../../testing/engine-home.ts';

const MINE = [
  '  - api-key: "sk-test-mine"   # a comment',
  '    prefix: own',
  '    # for the team',
  '    headers: {X-Team: blue}',
  '    priority: 7',
  '',
].join('\n');
const CONFIG = `port: 1\n${ccsSection([ccsEntry('one')])}${MINE}`;

/** Synced, then rewritten by CCS, which loses what is the user's, then synced again. */
async function robbed(change: (text: string) => string = (text) => text): Promise<EngineHome> {
  const home = engineHome({ config: CONFIG });
  home.profile('one', envOf('one'));
  await home.sync();
  home.writeConfig(change(home.readConfig()));
  home.profile('two', envOf('two'));
  await home.sync();
  rewriteAsCcs(home.configPath, [ccsEntry('one'), ccsEntry('two')]);
  await home.sync();
  expect(home.readConfig()).not.toContain('sk-test-mine');
  return home;
}

describe('bringing back what CCS removed', () => {
  it('copies an entry of the user’s with its comments and fields', async () => {
    const home = await robbed();
    const report = must(await home.core.restoreLost(null, CHANGE));
    expect(report).toMatchObject({ outcome: 'done', how: 'entries', undoes: 2 });
    expect(report.operations).toMatchObject([{ op: 'restore', prefix: 'own', why: 'entry-lost' }]);
    expect(home.readConfig()).toContain(MINE);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    expect(await home.core.restoreLost(null, CHANGE)).toEqual({
      ok: false,
      error: { code: 'nothing-to-undo' },
    });
  });

  it('gives our own entry the fields that the user had added', async () => {
    const home = await robbed((text) =>
      text.replace('    proxy-url', '    # why\n    headers: {X-A: b}\n    proxy-url'),
    );
    const report = must(await home.core.restoreLost(2, CHANGE));
    expect(report.operations).toMatchObject([
      { why: 'entry-lost' },
      {
        op: 'restore',
        prefix: 'one-',
        why: 'fields-lost',
        diff: [{ field: 'other', after: { text: 'headers' } }],
      },
    ]);
    expect(home.readConfig()).toContain('    # why\n    headers: {X-A: b}\n');
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('can be undone, whole or entry by entry, without the sync before it passing for undone', async () => {
    const home = await robbed();
    const before = home.readConfig();
    must(await home.core.restoreLost(null, CHANGE));
    expect(must(await home.core.undo(null, CHANGE))).toMatchObject({ undoes: 4, how: 'whole' });
    expect(home.readConfig()).toBe(before);
    must(await home.core.restoreLost(null, CHANGE));
    home.writeConfig(`# since\n${home.readConfig()}`);
    expect(must(await home.core.undo(null, CHANGE))).toMatchObject({ undoes: 6, how: 'entries' });
    expect(home.readConfig()).toBe(`# since\n${before}`);
    expect(must(await home.core.undo(null, CHANGE))).toMatchObject({ undoes: 3 });
  });

  it('brings back an entry that we had taken over, but not while ours has its prefix', async () => {
    const mine = 'claude-api-key:\n  - api-key: "sk-test-mine"\n    prefix: one-\n    priority: 7 # mine\n';
    const home = engineHome({ config: `port: 1\n${mine}` });
    home.profile('one', envOf('one'));
    await home.sync({ only: ['one'], accepted: true });
    expect(home.readConfig()).not.toContain('sk-test-mine');
    expect(await home.core.restoreLost(null, CHANGE)).toMatchObject({ error: { code: 'nothing-to-undo' } });
    rmSync(join(home.ccsDirectory, 'one.settings.json'));
    await home.sync();
    must(await home.core.restoreLost(null, CHANGE));
    expect(home.readConfig()).toBe(`port: 1\n${mine}`);
  });

  it('never brings back what was ours, or CCS’s for a profile: its key may be revoked', async () => {
    const home = engineHome({ config: `port: 1\n${ccsSection([ccsEntry('one'), ccsEntry('two')])}` });
    for (const name of ['one', 'two']) home.profile(name, envOf(name));
    await home.sync({ only: ['one'] });
    await home.sync();
    home.profile('one', envOf('one', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' }));
    rmSync(join(home.ccsDirectory, 'two.settings.json'));
    await home.sync();
    const before = home.readConfig();
    expect(await home.core.restoreLost(null, CHANGE)).toEqual({
      ok: false,
      error: { code: 'nothing-to-undo' },
    });
    expect(await home.core.restoreLost(1, CHANGE)).toEqual({ ok: false, error: { code: 'nothing-to-undo' } });
    expect(await home.core.restoreLost(7, CHANGE)).toEqual({
      ok: false,
      error: { code: 'unknown-record', id: '7' },
    });
    expect(home.readConfig()).toBe(before);
  });
});
