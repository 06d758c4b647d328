import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brief, ccsEntry, ccsSection, engineHome, envOf, must } from '../../testing/engine-home.ts';

const NAMES = ['one', 'two', 'three', 'four'];

function foreign(key: string, baseUrl: string): string {
  return `claude-api-key:\n  - api-key: ${key} # theirs\n    prefix: one-\n    base-url: ${baseUrl}\n    priority: 3\n`;
}

describe('what needs a person’s word', () => {
  it('removing more than half of four entries: nothing is written before it is agreed to', async () => {
    const home = engineHome({ config: 'port: 1\n' });
    for (const name of NAMES) home.profile(name, envOf(name));
    await home.sync();
    const before = home.readConfig();
    for (const name of NAMES.slice(1)) rmSync(join(home.ccsDirectory, `${name}.settings.json`));
    const asked = await home.sync();
    expect(asked).toMatchObject({
      outcome: 'needs-consent',
      record: null,
      plan: { consent: [{ code: 'mass-removal', removed: 3, owned: 4 }] },
    });
    expect(home.readConfig()).toBe(before);
    expect(must(await home.core.history()).records).toHaveLength(1);
    expect(await home.sync({ accepted: true })).toMatchObject({ outcome: 'written', plan: { consent: [] } });
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('giving CCS’s entries a prefix where bare names would then not be served any more', async () => {
    const config = `force-model-prefix: true\n${ccsSection([ccsEntry('one')])}`;
    const home = engineHome({ config });
    home.profile('one', envOf('one'));
    expect(await home.sync()).toMatchObject({
      outcome: 'needs-consent',
      plan: { consent: [{ code: 'force-model-prefix', profiles: ['one'] }] },
    });
    expect(home.readConfig()).toBe(config);
    expect(await home.sync({ accepted: true })).toMatchObject({ outcome: 'written' });
    expect(home.readConfig()).toContain('prefix: "one-"');
  });

  it('an entry with our prefix and base URL but another key, which may be ours from before', async () => {
    const home = engineHome({ config: foreign('sk-test-other', 'https://one.test/api') });
    home.profile('one', envOf('one'));
    home.profile('two', envOf('two'));
    const first = await home.sync();
    expect(brief(first.plan.operations)).toEqual(['review one', 'add two']);
    expect(home.readConfig()).toContain('sk-test-other # theirs');
    // What was said must still be so when the person has agreed, although the others were synced meanwhile.
    expect(brief((await home.sync()).plan.operations)).toEqual(['review one']);
    home.profile('two', envOf('two', { ANTHROPIC_MODEL: 'newer' }));
    expect(brief((await home.sync({ only: ['two'] })).plan.operations)).toEqual(['update two']);
    expect(brief((await home.sync()).plan.operations)).toEqual(['review one']);
    const taken = await home.sync({ accepted: true });
    expect(taken.plan.operations).toMatchObject([{ op: 'update', profile: 'one', why: 'take-over' }]);
    expect(home.readConfig()).toContain('"sk-test-canary-one-0123456789" # theirs');
    expect(home.readConfig()).toContain('priority: 3');
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('somebody else’s entry with the wanted prefix: only where the profile is named as well', async () => {
    const config = foreign('sk-test-other', 'https://else.test');
    const home = engineHome({ config });
    home.profile('one', envOf('one'));
    for (const request of [{}, { accepted: true }, { only: ['one'] }]) {
      const report = await home.sync(request);
      expect(report.plan.skipped).toMatchObject([
        { profile: 'one', reason: { code: 'prefix-taken', line: 2 } },
      ]);
      expect(report.syncable).toBe(0);
      expect(home.readConfig()).toBe(config);
    }
    expect(await home.sync({ only: ['one'], accepted: true })).toMatchObject({ outcome: 'written' });
    expect(home.readConfig()).toContain('base-url: "https://one.test/api"\n    priority: 3');
  });
});
