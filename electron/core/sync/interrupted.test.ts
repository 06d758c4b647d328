import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  brief,
  CHANGE,
  engineHome,
  type EngineHome,
  envOf,
  filesBelow,
  must,
  stateOf,
} from '../../testing/engine-home.ts';
import { interruptedSync, KILLS } from '../../testing/interrupted-sync.ts';

const CONFIG = 'port: 1 # one\n';
const ROTATED = { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' };

function fresh(): EngineHome {
  const home = engineHome({ config: CONFIG });
  home.profile('one', envOf('one'));
  return home;
}

async function records(home: EngineHome): Promise<string[]> {
  return must(await home.core.history()).records.map(({ id, kind }) => `${id} ${kind}`);
}

describe('a sync that was killed', () => {
  it.each(KILLS)(
    'the first one, after its %s: settled by the next, which recognizes a rotation as ours',
    async (at, happened) => {
      const home = fresh();
      const { oldText, newText, journal } = await interruptedSync(home, at);
      expect(await home.sync()).toMatchObject({ outcome: happened ? 'in-sync' : 'written' });
      expect(home.readConfig()).toBe(newText);
      expect(existsSync(journal)).toBe(false);
      expect(await records(home)).toEqual(['1 sync']);
      home.profile('one', envOf('one', ROTATED));
      expect(brief((await home.sync()).plan.operations)).toEqual(['update one']);
      expect(home.readConfig()).not.toContain('sk-test-canary-one');
      expect(await records(home)).toEqual(['2 sync', '1 sync']);
      must(await home.core.undo(1, CHANGE));
      must(await home.core.restoreFirst(CHANGE));
      expect(home.readConfig()).toBe(oldText);
    },
  );

  it.each(KILLS)('a later one, after its %s, with a rotation before the next', async (at, happened) => {
    const home = fresh();
    await home.sync();
    home.profile('two', envOf('two'));
    await interruptedSync(home, at);
    home.profile('two', envOf('two', ROTATED));
    expect(brief((await home.sync()).plan.operations)).toEqual([happened ? 'update two' : 'add two']);
    expect(home.readConfig().match(/api-key: /g)).toHaveLength(2);
    expect(home.readConfig()).not.toContain('sk-test-canary-two');
    expect(await records(home)).toEqual(happened ? ['3 sync', '2 sync', '1 sync'] : ['2 sync', '1 sync']);
  });

  it.each(KILLS)(
    'after its %s, is not listed before it has happened, and looking changes nothing',
    async (at, happened) => {
      const home = fresh();
      await interruptedSync(home, at);
      const before = stateOf(home.home);
      const committed = at === 'ledger' || at === 'dropped';
      expect(await records(home)).toEqual(committed ? ['1 sync'] : []);
      const planned = await home.sync({ dryRun: true });
      expect(brief(planned.plan.operations)).toEqual(happened ? [] : ['add one']);
      expect(must(await home.core.status()).state).toBe(happened ? 'in-sync' : 'pending');
      await home.core.doctor();
      await home.core.undo(null, { dryRun: true, accepted: false });
      expect(stateOf(home.home)).toEqual(before);
    },
  );

  it.each(KILLS)(
    'after its %s, never gives a record to what never happened, though the ledger was lost',
    async (at, happened) => {
      const home = fresh();
      await interruptedSync(home, at);
      for (const ledger of filesBelow(home.stateFolder, 'ledger.json')) writeFileSync(ledger, 'lost');
      await home.sync();
      const kept = await records(home);
      if (!happened) expect(kept).toEqual(['1 sync']);
      home.profile('one', envOf('one', ROTATED));
      expect((await home.sync()).record).toBe(kept.length + 1);
    },
  );

  it('and overtaken by another writer: what it meant to write is kept, and nothing of it passes for done', async () => {
    const home = fresh();
    const { newText, journal } = await interruptedSync(home, 'half');
    home.writeConfig('port: 2 # by others\n');
    expect(await home.sync()).toMatchObject({ outcome: 'written', record: 2 });
    expect(existsSync(journal)).toBe(false);
    expect(home.readConfig().startsWith('port: 2 # by others\nclaude-api-key:\n')).toBe(true);
    expect(await records(home)).toEqual(['2 sync', '1 interrupted']);
    const kept = filesBelow(home.stateFolder, '000001.record').map((path) => readFileSync(path, 'utf8'));
    expect(kept.map((text) => text.slice(text.indexOf('\n') + 1))).toEqual([newText]);
    expect(await home.core.undo(1, CHANGE)).toEqual({ ok: false, error: { code: 'nothing-to-undo' } });
    must(await home.core.undo(null, CHANGE));
    expect(home.readConfig()).toBe('port: 2 # by others\n');
  });

  it('and overtaken by a writer who is not done: it waits, then says that both are kept', async () => {
    const home = fresh();
    const { journal } = await interruptedSync(home, 'half');
    home.writeConfig('port: [2');
    const error = { code: 'journal-conflict', path: home.configPath, journal };
    expect(await home.trySync()).toMatchObject({ ok: false, error });
    expect(await home.trySync({ dryRun: true })).toMatchObject({ ok: false, error });
    expect(existsSync(journal)).toBe(true);
    expect(home.readConfig()).toBe('port: [2');
    home.writeConfig(CONFIG);
    expect(await home.sync()).toMatchObject({ outcome: 'written' });
  });
});
