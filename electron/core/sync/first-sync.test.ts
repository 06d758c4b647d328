import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fixtureCcsHome } from '../../testing/ccs-home.ts';
import { brief, engineHome, envOf, stateOf } from '../../testing/engine-home.ts';

const ADOPTED = ['albb', 'glm', 'km', 'my.custom-1', 'openrouter'];

function lines(text: string): string[] {
  return text.split('\n');
}

describe('the first sync of a home that CCS made', () => {
  it('adopts what CCS wrote and gives each entry its prefix, every other line being as it was', async () => {
    const home = engineHome({ ccsHome: fixtureCcsHome() });
    const before = home.readConfig();
    const report = await home.sync();
    expect(report).toMatchObject({ outcome: 'written', syncable: 5, record: 1 });
    expect(brief(report.plan.operations)).toEqual(ADOPTED.map((name) => `adopt ${name}`));
    const after = home.readConfig();
    expect(lines(after).filter((line) => !/^ {4}prefix: /.test(line))).toEqual(lines(before));
    const { 'claude-api-key': entries } = parse(after) as { 'claude-api-key': { prefix: string }[] };
    expect(entries.map(({ prefix }) => prefix)).toEqual([
      'glm-',
      'km-',
      'albb-',
      'openrouter-',
      'my-custom-1-',
    ]);
  });

  it('keeps the file that it writes, with its mode', async () => {
    const home = engineHome({ ccsHome: fixtureCcsHome() });
    const inode = (): unknown => stateOf(home.configPath)[home.configPath]?.split(' ').slice(1, 3);
    const before = inode();
    await home.sync();
    expect(inode()).toEqual(before);
  });

  it('tells of each profile that it skips why', async () => {
    const report = await engineHome({ ccsHome: fixtureCcsHome() }).sync();
    const skipped = report.plan.skipped.map(({ profile, reason }) => `${profile} ${reason.code}`);
    expect(skipped).toEqual(['anthropic missing-token', 'gemini proxy-loop', 'hf other-target']);
  });
});

describe('a second sync', () => {
  it('writes nothing at all, in the home as in the state folder', async () => {
    const home = engineHome({ ccsHome: fixtureCcsHome() });
    await home.sync();
    const before = stateOf(home.ccsDirectory);
    const ours = filesOnly(stateOf(home.stateFolder));
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', record: null });
    expect(stateOf(home.ccsDirectory)).toEqual(before);
    expect(filesOnly(stateOf(home.stateFolder))).toEqual(ours);
  });

  it('writes nothing either where nothing was ever to be done', async () => {
    const home = engineHome({ config: 'port: 1\n' });
    await home.sync();
    const ours = filesOnly(stateOf(home.stateFolder));
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', record: null });
    expect(filesOnly(stateOf(home.stateFolder))).toEqual(ours);
  });

  it('still syncs the others after one that was about a single profile', async () => {
    const home = engineHome({ config: 'port: 1\n' });
    home.profile('one', envOf('one'));
    home.profile('two', envOf('two'));
    expect(brief((await home.sync({ only: ['one'] })).plan.operations)).toEqual(['add one']);
    expect(brief((await home.sync()).plan.operations)).toEqual(['add two']);
  });
});

describe('a dry run', () => {
  it('writes nothing at all on a home that was never synced: no state folder, no lock', async () => {
    const home = engineHome({ ccsHome: fixtureCcsHome() });
    const before = stateOf(home.home);
    const planned = await home.sync({ dryRun: true });
    expect(planned.outcome).toBe('planned');
    expect(stateOf(home.home)).toEqual(before);
    expect(existsSync(home.stateFolder)).toBe(false);
    const done = await home.sync();
    // Fingerprints are salted, and the salt is made by the first sync.
    expect(withoutFingerprints(planned.plan)).toEqual(withoutFingerprints(done.plan));
  });

  it('shows the very plan that a later sync carries out, and writes nothing', async () => {
    const home = engineHome({ ccsHome: fixtureCcsHome() });
    await home.sync();
    home.profile('glm', envOf('glm'));
    home.profile('new', envOf('new'));
    const before = stateOf(home.home);
    const planned = await home.sync({ dryRun: true });
    expect(stateOf(home.home)).toEqual(before);
    expect(brief(planned.plan.operations)).toEqual(['update glm', 'add new']);
    expect((await home.sync()).plan).toEqual(planned.plan);
  });
});

describe('a sync that names profiles', () => {
  it('touches nothing of the others', async () => {
    const home = engineHome({ ccsHome: fixtureCcsHome() });
    await home.sync();
    home.profile('glm', envOf('glm'));
    home.profile('km', envOf('km'));
    const km = readFileSync(home.configPath, 'utf8').indexOf('sk-kimi-');
    const report = await home.sync({ only: ['glm'] });
    expect(brief(report.plan.operations)).toEqual(['update glm']);
    expect(report.syncable).toBe(1);
    expect(km).toBeGreaterThan(0);
    expect(home.readConfig()).toContain('sk-kimi-1122334455667788');
    expect(brief((await home.sync()).plan.operations)).toEqual(['update km']);
  });

  it('refuses a name that nothing is known of', async () => {
    const home = engineHome({ ccsHome: fixtureCcsHome() });
    expect(await home.trySync({ only: ['glm', 'gml'] })).toEqual({
      ok: false,
      error: { code: 'unknown-profile', name: 'gml' },
    });
  });
});

/** A lock comes and goes, and the times of its folders with it. */
function filesOnly(state: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(state).filter(([, content]) => !content.endsWith(' '));
}

function withoutFingerprints(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replace(/"fingerprint":"[0-9a-f]+"/g, '""'.concat(':""')));
}
