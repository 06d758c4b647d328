import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brief, CHANGE, engineHome, type EngineHome, envOf, must } from '../../testing/engine-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';

const CONFIG = 'port: 1\n';
const EDITED = '# by others\nport: 1\n';

/** A home in which `meanwhile` happens once, after the target was read: during the wait for a half-written profile. */
function homeWith(meanwhile: (home: EngineHome) => void): EngineHome {
  let left = 1;
  const clock = fakeClock((delayMs) => {
    // The longest of the waits for a half-written file: no other sleeps as long before the target is written.
    if (delayMs === 200 && left-- > 0) meanwhile(home);
  });
  const home = engineHome({ config: CONFIG, clock });
  home.profile('one', envOf('one'));
  home.write('half.settings.json', '{');
  return home;
}

function byRename({ configPath }: EngineHome, text: string): void {
  writeFileSync(`${configPath}.tmp`, text);
  renameSync(`${configPath}.tmp`, configPath);
}

describe('a target that changes while we plan', () => {
  it.each([
    ['in place', (home: EngineHome) => home.writeConfig(EDITED)],
    ['by a rename', (home: EngineHome) => byRename(home, EDITED)],
    ['by a rename that changes no byte', (home: EngineHome) => byRename(home, CONFIG)],
  ])('%s: the plan is made anew, and nothing of it is lost', async (_, change) => {
    let edited = '';
    const home = homeWith((one) => {
      change(one);
      edited = one.readConfig();
    });
    expect(await home.sync()).toMatchObject({ outcome: 'written', record: 1 });
    expect(home.readConfig().startsWith(`${edited}claude-api-key:\n`)).toBe(true);
    expect(must(await home.core.history()).records).toHaveLength(1);
    // The first bytes are those from before the write that happened, not from before one that came to nothing.
    must(await home.core.restoreFirst(CHANGE));
    expect(home.readConfig()).toBe(edited);
  });

  it('by another writer each time: an error says so, and nothing was written', async () => {
    let count = 0;
    const clock = fakeClock((delayMs) => {
      if (delayMs === 200) home.writeConfig(`# ${++count}\n${CONFIG}`);
    });
    const home = engineHome({ config: CONFIG, clock });
    home.profile('one', envOf('one'));
    home.write('half.settings.json', '{');
    expect(await home.trySync()).toEqual({
      ok: false,
      error: { code: 'target-keeps-changing', path: home.configPath },
    });
    expect(home.readConfig()).toBe(`# ${count}\n${CONFIG}`);
    expect(must(await home.core.history()).records).toEqual([]);
  });

  it('and is empty for a moment: that is a write of others, not a loss of our entries', async () => {
    const home = engineHome({ config: CONFIG, clock: fakeClock((delayMs) => delayMs === 300 && finish()) });
    home.profile('one', envOf('one'));
    await home.sync();
    const text = home.readConfig();
    const finish = (): void => home.writeConfig(text);
    home.writeConfig('');
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    home.writeConfig('');
    expect(await home.sync({ dryRun: true })).toMatchObject({ plan: { operations: [] } });
  });
});

describe('two syncs at once', () => {
  it('lose nothing, round after round', async () => {
    const home = engineHome({ config: CONFIG });
    for (let round = 1; round <= 5; round++) {
      home.profile(`p${round}`, envOf(`p${round}`));
      if (round > 2) rmSync(join(home.ccsDirectory, `p${round - 2}.settings.json`));
      const outcomes = (await Promise.all([home.sync(), home.sync()])).map(({ outcome }) => outcome);
      expect(outcomes.sort()).toEqual(['in-sync', 'written']);
      const prefixes = [...readFileSync(home.configPath, 'utf8').matchAll(/prefix: "(\w+)-"/g)].map(
        ([, name]) => name,
      );
      expect(prefixes).toEqual(round === 1 ? ['p1'] : [`p${round - 1}`, `p${round}`]);
    }
    expect(
      brief(must(await home.core.history()).records.flatMap(({ operations }) => operations)),
    ).toHaveLength(8);
  });
});
