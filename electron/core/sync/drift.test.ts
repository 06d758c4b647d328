import { describe, expect, it } from 'vitest';
import {
  brief,
  ccsEntry,
  ccsSection,
  engineHome,
  type EngineHome,
  envOf,
  rewriteAsCcs,
} from '../../testing/engine-home.ts';

const CONFIG = 'port: 1 # one\n# between\nlast: true\n';

async function synced(): Promise<EngineHome> {
  const home = engineHome({ config: CONFIG });
  for (const name of ['one', 'two']) home.profile(name, envOf(name, { ANTHROPIC_EXTRA_MODELS: 'more' }));
  await home.sync();
  return home;
}

const ENTRIES = ['one', 'two'].map((name) => ({ ...ccsEntry(name), models: [`${name}-model`, 'more'] }));

describe('what others made of our entries', () => {
  it('CCS’s rewrite, by rename and without prefixes, is repaired each time', async () => {
    const home = await synced();
    for (let round = 1; round <= 3; round++) {
      rewriteAsCcs(home.configPath, ENTRIES);
      const report = await home.sync();
      expect(report.plan.operations).toMatchObject([
        { op: 'update', profile: 'one', why: 'drift' },
        { op: 'update', profile: 'two', why: 'drift' },
      ]);
      expect(home.readConfig().replace(/^ {4}prefix: "\w+-"\n/gm, '')).toBe(CONFIG + ccsSection(ENTRIES));
      expect(home.readConfig().match(/prefix: /g)).toHaveLength(2);
      expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    }
  });

  it('a rotation that CCS wrote first is recognized, and gives one entry', async () => {
    const home = await synced();
    home.profile(
      'one',
      envOf('one', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated', ANTHROPIC_EXTRA_MODELS: 'more' }),
    );
    rewriteAsCcs(
      home.configPath,
      ENTRIES.map((entry, index) => (index === 0 ? { ...entry, key: 'sk-test-rotated' } : entry)),
    );
    await home.sync();
    expect(home.readConfig().match(/api-key: /g)).toHaveLength(2);
    expect(home.readConfig()).not.toContain('sk-test-canary-one');
  });

  it.each([
    ['the key', 'sk-test-canary-one-0123456789', 'sk-test-by-hand'],
    ['the base URL', 'https://one.test/api', 'https://else.test'],
    ['a model', '- name: "one-model"', '- name: "other-model"'],
  ])('%s changed by hand is put back', async (_, ours, theirs) => {
    const home = await synced();
    const before = home.readConfig();
    home.writeConfig(before.replace(ours, theirs));
    const report = await home.sync();
    expect(report.plan.operations).toMatchObject([{ op: 'update', profile: 'one', why: 'drift' }]);
    const after = home.readConfig();
    expect(after).toContain(ours);
    expect(after.includes(theirs)).toBe(theirs.includes('other-model'));
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('an entry that somebody took out comes back', async () => {
    const home = await synced();
    home.writeConfig(CONFIG);
    expect(brief((await home.sync()).plan.operations)).toEqual(['add one', 'add two']);
  });

  it('what the user added to our entries stays through drift, rotation and repair', async () => {
    const home = await synced();
    const mine = home
      .readConfig()
      .replace(
        '    proxy-url: ""',
        '    proxy-url: "" # direct\n    headers: {X-Team: blue}\n    # why\n    priority: 7',
      )
      .replace(
        '- name: "more"\n        alias: ""',
        '- name: "more"\n        alias: "m"\n        max-context-length: 5',
      )
      .replace('    models:\n', '    models:\n      - {name: my-own}\n');
    home.writeConfig(mine);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    home.writeConfig(mine.replace('sk-test-canary-one-0123456789', 'sk-test-by-hand'));
    await home.sync();
    expect(home.readConfig()).toBe(mine);
    const over = { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated', ANTHROPIC_EXTRA_MODELS: 'more' };
    home.profile('one', envOf('one', over));
    await home.sync();
    expect(home.readConfig()).toBe(mine.replace('sk-test-canary-one-0123456789', 'sk-test-rotated'));
  });

  it('the server’s own re-encoding is no drift', async () => {
    const home = await synced();
    const encoded = home
      .readConfig()
      .replace(/"/g, '')
      .replace(/base-url: .*\n/g, (line) => `${line}    disable-cooling: false\n    priority: 0\n`)
      .replace(/alias: $/gm, 'alias: ""')
      .replace(/proxy-url: $/gm, 'proxy-url: ""');
    home.writeConfig(encoded);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    expect(home.readConfig()).toBe(encoded);
  });

  it('an entry whose key was changed by hand is left and forgotten when its profile goes', async () => {
    const home = await synced();
    home.writeConfig(home.readConfig().replace('sk-test-canary-one-0123456789', 'sk-test-by-hand'));
    home.profile('one', {});
    const report = await home.sync();
    expect(report.plan.operations).toMatchObject([{ op: 'leave', profile: 'one', why: 'changed-by-hand' }]);
    expect(report.plan.warnings).toMatchObject([{ code: 'changed-by-hand', profile: 'one' }]);
    expect(home.readConfig()).toContain('sk-test-by-hand');
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { operations: [], warnings: [] } });
  });
});
