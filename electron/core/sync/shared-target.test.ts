import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brief, CHANGE, engineHome, type EngineHome, envOf, must } from '../../testing/engine-home.ts';
import { interruptedSync, KILLS } from '../../testing/interrupted-sync.ts';

const CONFIG = 'port: 1 # shared\n';

/** Two CCS directories of one user; the second one's target is a link to the first one's. */
function twoHomes(): { readonly one: EngineHome; readonly two: EngineHome } {
  const one = engineHome({ config: CONFIG });
  const two = engineHome({ env: { XDG_STATE_HOME: dirname(one.stateFolder) } });
  mkdirSync(dirname(two.configPath));
  symlinkSync(one.configPath, two.configPath);
  return { one, two };
}

describe('two homes that share one target through a link', () => {
  it('leave each other’s entries alone, whatever each does', async () => {
    const { one, two } = twoHomes();
    one.profile('one', envOf('one'));
    two.profile('two', envOf('two'));
    await one.sync();
    await two.sync();
    expect(await one.sync()).toMatchObject({ outcome: 'in-sync' });
    const both = one.readConfig();
    expect(both).toContain('one-');
    expect(both).toContain('two-');
    rmSync(join(one.ccsDirectory, 'one.settings.json'));
    expect(brief((await one.sync()).plan.operations)).toEqual(['remove one']);
    expect(await two.sync()).toMatchObject({ outcome: 'in-sync' });
    must(await one.core.undo(null, CHANGE));
    expect(one.readConfig()).toBe(both);
    must(await two.core.release('remove', CHANGE));
    expect(one.readConfig()).toContain('one-');
    expect(one.readConfig()).not.toContain('two-');
    expect(await one.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('skip a profile whose prefix the other has', async () => {
    const { one, two } = twoHomes();
    one.profile('same', envOf('one'));
    two.profile('same', envOf('two'));
    await one.sync();
    expect((await two.sync()).plan.skipped).toMatchObject([
      { profile: 'same', reason: { code: 'prefix-taken' } },
    ]);
    expect(await one.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('ask before one restores the first bytes over what the other wrote', async () => {
    const { one, two } = twoHomes();
    one.profile('one', envOf('one'));
    two.profile('two', envOf('two'));
    await one.sync();
    await two.sync();
    expect(must(await one.core.restoreFirst(CHANGE))).toMatchObject({ outcome: 'needs-consent' });
    expect(must(await two.core.restoreFirst(CHANGE))).toMatchObject({ outcome: 'done', outside: [] });
  });

  it.each(KILLS)(
    'settle each other’s journal, and each keeps its own ledger and history: %s',
    async (at, happened) => {
      const { one, two } = twoHomes();
      one.profile('one', envOf('one'));
      two.profile('two', envOf('two'));
      await two.sync();
      const { oldText, newText } = await interruptedSync(one, at);
      expect(await two.sync()).toMatchObject({ outcome: 'in-sync' });
      expect(one.readConfig()).toBe(happened ? newText : oldText);
      expect(must(await one.core.history()).records.map(({ id }) => id)).toEqual(happened ? [1] : []);
      expect(must(await two.core.history()).records.map(({ id }) => id)).toEqual([1]);
      expect(await one.sync()).toMatchObject({ outcome: happened ? 'in-sync' : 'written' });
      expect(one.readConfig()).toBe(newText);
      expect(await two.sync()).toMatchObject({ outcome: 'in-sync' });
    },
  );
});
