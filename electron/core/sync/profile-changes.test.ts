import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { brief, engineHome, type EngineHome, envOf } from '../../testing/engine-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';

const CONFIG = 'host: "127.0.0.1"\nport: 1 # one\napi-keys: ["sk-test-client"]\n';

/** Synced, with the profiles `one`, `two` and `three`. */
async function synced(clock = fakeClock()): Promise<EngineHome> {
  const home = engineHome({ config: CONFIG, clock });
  for (const name of ['one', 'two', 'three']) home.profile(name, envOf(name));
  expect(await home.sync()).toMatchObject({ outcome: 'written' });
  return home;
}

function file(home: EngineHome, name: string): string {
  return join(home.ccsDirectory, `${name}.settings.json`);
}

function prefixes(home: EngineHome): string[] {
  const entries =
    (parse(home.readConfig()) as { 'claude-api-key'?: { prefix: string }[] })['claude-api-key'] ?? [];
  return entries.map(({ prefix }) => prefix);
}

describe('what happens to a profile', () => {
  it('a new one is added at the end', async () => {
    const home = await synced();
    const before = home.readConfig();
    home.profile('another', envOf('another'));
    expect(brief((await home.sync()).plan.operations)).toEqual(['add another']);
    expect(home.readConfig().startsWith(before)).toBe(true);
  });

  it('a rotated token changes the key in its place and nothing else', async () => {
    const home = await synced();
    const before = home.readConfig();
    home.profile('two', envOf('two', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' }));
    expect(brief((await home.sync()).plan.operations)).toEqual(['update two']);
    expect(home.readConfig()).toBe(before.replace('sk-test-canary-two-0123456789', 'sk-test-rotated'));
  });

  it('a renamed one keeps its entry with what the user added to it', async () => {
    const home = await synced();
    const before = home.readConfig().replace('prefix: "two-"', 'prefix: "two-" # work');
    home.writeConfig(before);
    renameSync(file(home, 'two'), file(home, 'zwei'));
    expect(brief((await home.sync()).plan.operations)).toEqual(['update zwei']);
    expect(home.readConfig()).toBe(before.replace('prefix: "two-"', 'prefix: "zwei-"'));
  });

  it('a removed one loses its entry after a second look', async () => {
    const home = await synced();
    rmSync(file(home, 'two'));
    expect(brief((await home.sync()).plan.operations)).toEqual(['remove two']);
    expect(home.clock.sleptMs).toContain(1000);
    expect(prefixes(home)).toEqual(['one-', 'three-']);
  });

  it('one that is only away for a moment keeps its entry', async () => {
    let path = '';
    const home = await synced(
      fakeClock(() => path !== '' && writeFileSync(path, JSON.stringify({ env: envOf('two') }))),
    );
    path = file(home, 'two');
    const before = home.readConfig();
    rmSync(path);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    expect(home.readConfig()).toBe(before);
  });

  it.each([
    ['empty', ''],
    ['half-written', '{ "env": { "ANTHROPIC_AUTH'],
    ['not UTF-8', Buffer.from([0xff, 0xfe])],
    ['a list for env', '{"env": []}'],
  ])('one whose file is %s keeps its entry, and the others are synced', async (_, content) => {
    const home = await synced();
    home.write('two.settings.json', content);
    home.profile('one', envOf('one', { ANTHROPIC_MODEL: 'newer' }));
    const report = await home.sync();
    expect(brief(report.plan.operations).sort()).toEqual(['leave two', 'update one']);
    expect(report.plan.skipped).toMatchObject([{ profile: 'two', reason: { code: 'unreadable' } }]);
    expect(prefixes(home)).toContain('two-');
  });

  it.each([
    ['a folder', (path: string) => mkdirSync(path)],
    ['a link that leads nowhere', (path: string) => symlinkSync('/nowhere/at/all', path)],
  ])('one whose file is %s keeps its entry', async (_, make) => {
    const home = await synced();
    rmSync(file(home, 'two'));
    make(file(home, 'two'));
    expect(brief((await home.sync()).plan.operations)).toEqual(['leave two']);
  });

  it.each([
    ['token', { ANTHROPIC_AUTH_TOKEN: ' ' }, 'missing-token'],
    ['placeholder', { ANTHROPIC_AUTH_TOKEN: 'YOUR_KEY' }, 'placeholder'],
    ['loop', { ANTHROPIC_BASE_URL: 'http://127.0.0.1:1/api' }, 'proxy-loop'],
  ])('one that is no longer syncable (%s) loses its entry', async (_, over, why) => {
    const home = await synced();
    home.profile('two', envOf('two', over));
    expect((await home.sync()).plan.operations).toMatchObject([{ op: 'remove', profile: 'two', why }]);
  });
});

describe('a world that can’t be read', () => {
  it('is an error where the CCS directory vanished, not an empty world', async () => {
    const home = await synced();
    renameSync(home.ccsDirectory, `${home.ccsDirectory}.away`);
    expect(await home.trySync()).toEqual({
      ok: false,
      error: { code: 'ccs-directory-missing', path: home.ccsDirectory },
    });
    expect(await home.trySync({ create: true, accepted: true })).toMatchObject({
      ok: false,
      error: { code: 'ccs-directory-missing' },
    });
    renameSync(`${home.ccsDirectory}.away`, home.ccsDirectory);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('names the CCS directory also where it was never seen, and makes it only on a person’s word', async () => {
    const home = engineHome();
    rmSync(home.ccsDirectory, { recursive: true });
    const error = { code: 'ccs-directory-missing', path: home.ccsDirectory };
    expect(await home.trySync()).toEqual({ ok: false, error });
    expect(await home.core.status()).toEqual({ ok: false, error });
    expect(await home.trySync({ create: true })).toEqual({ ok: false, error });
    expect(existsSync(home.ccsDirectory)).toBe(false);
    expect(await home.sync({ create: true, accepted: true })).toMatchObject({ created: home.configPath });
  });

  it('goes on with the last known registry where CCS’s own is broken', async () => {
    const home = engineHome({ config: CONFIG });
    home.profile('one', envOf('one'));
    home.profile('droid', envOf('droid'));
    home.write(
      'config.yaml',
      'profiles:\n  droid: {type: api, settings: ~/.ccs/droid.settings.json, target: droid}\n',
    );
    await home.sync();
    home.write('config.yaml', 'profiles: [broken\n');
    home.profile('new', envOf('new'));
    const report = await home.sync();
    expect(brief(report.plan.operations)).toEqual(['add new']);
    expect(report.plan.warnings).toMatchObject([{ code: 'registry-unreadable', lastKnown: true }]);
    expect(prefixes(home)).toEqual(['one-', 'new-']);
  });

  it('adds and removes nothing where the registry could never be read', async () => {
    const home = engineHome({ config: CONFIG });
    home.profile('one', envOf('one'));
    home.write('config.yaml', 'profiles: [broken\n');
    const report = await home.sync();
    expect(report.plan.operations).toMatchObject([{ op: 'leave', profile: 'one', why: 'world-unknown' }]);
    expect(home.readConfig()).toBe(CONFIG);
    home.write('config.yaml', 'profiles: {}\n');
    expect(brief((await home.sync()).plan.operations)).toEqual(['add one']);
  });
});
