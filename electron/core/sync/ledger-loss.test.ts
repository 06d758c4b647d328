import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CHANGE,
  brief,
  engineHome,
  type EngineHome,
  envOf,
  filesBelow,
  must,
} from '../../testing/engine-home.ts';

const NAMES = ['one', 'two', 'three', 'four', 'five'];

async function synced(): Promise<EngineHome> {
  const home = engineHome({ config: 'port: 1\n' });
  for (const name of NAMES) home.profile(name, envOf(name));
  await home.sync();
  return home;
}

function only(home: EngineHome, ending: string): string {
  const [path] = filesBelow(home.stateFolder, ending);
  if (path === undefined) throw new Error(`no ${ending}`);
  return path;
}

const LOSSES: readonly (readonly [string, (home: EngineHome) => void])[] = [
  ['the ledger is gone', (home) => rmSync(only(home, 'ledger.json'))],
  ['the ledger is empty', (home) => writeFileSync(only(home, 'ledger.json'), '')],
  ['the ledger is corrupt', (home) => writeFileSync(only(home, 'ledger.json'), '{"version":1,"entries":[')],
  ['the ledger is of a later version', (home) => writeFileSync(only(home, 'ledger.json'), '{"version":2}')],
  ['home.json is corrupt, and its salt lost', (home) => writeFileSync(only(home, 'home.json'), '{}')],
  ['the whole state folder is gone', (home) => rmSync(home.stateFolder, { recursive: true })],
];

describe('a ledger that is lost', () => {
  it.each(LOSSES)(
    'never leads to a removal, and what CCS would have written is ours again: %s',
    async (_, lose) => {
      const home = await synced();
      rmSync(join(home.ccsDirectory, 'five.settings.json'));
      const before = home.readConfig();
      lose(home);
      const report = await home.sync();
      expect(report.outcome).toBe('adopted');
      expect(brief(report.plan.operations).sort()).toEqual([
        'adopt four',
        'adopt one',
        'adopt three',
        'adopt two',
      ]);
      expect(home.readConfig()).toBe(before);
      expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
      home.profile('one', envOf('one', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' }));
      expect(brief((await home.sync()).plan.operations)).toEqual(['update one']);
    },
  );

  it.each(LOSSES.slice(0, 5))('costs no record of the history: %s', async (_, lose) => {
    const home = await synced();
    home.profile('one', envOf('one', { ANTHROPIC_MODEL: 'newer' }));
    await home.sync();
    const before = must(await home.core.history());
    lose(home);
    expect(must(await home.core.history())).toEqual(before);
    await home.sync();
    expect(must(await home.core.history())).toEqual(before);
    home.profile('one', envOf('one', { ANTHROPIC_MODEL: 'newest' }));
    expect((await home.sync()).record).toBe(3);
    expect(must(await home.core.history()).records.slice(1)).toEqual(before.records);
  });

  it('is said once, and then there is a ledger again', async () => {
    const home = await synced();
    for (const name of NAMES) rmSync(join(home.ccsDirectory, `${name}.settings.json`));
    writeFileSync(only(home, 'ledger.json'), 'x');
    expect((await home.sync()).plan.warnings).toMatchObject([{ code: 'ledger-lost' }]);
    expect((await home.sync()).plan.warnings).toEqual([]);
  });

  it('keeps a release in force where only the salt is lost', async () => {
    const home = await synced();
    must(await home.core.release('keep', CHANGE));
    writeFileSync(only(home, 'home.json'), '{}');
    expect(await home.sync()).toMatchObject({ outcome: 'released' });
  });

  it('keeps a copy of a home.json that can’t be understood', async () => {
    const home = await synced();
    const path = only(home, 'home.json');
    writeFileSync(path, '{"excluded":["one"], broken');
    await home.sync();
    expect(readFileSync(`${path}.broken`, 'utf8')).toBe('{"excluded":["one"], broken');
  });

  it('is not the same as one that can’t be read just now', async () => {
    const home = await synced();
    const path = only(home, 'ledger.json');
    const text = readFileSync(path);
    rmSync(path);
    mkdirSync(path);
    const error = { code: 'state-unusable', path, reason: 'EISDIR' };
    expect(await home.trySync()).toEqual({ ok: false, error });
    expect(await home.trySync({ dryRun: true })).toEqual({ ok: false, error });
    rmSync(path, { recursive: true });
    writeFileSync(path, text);
    chmodSync(path, 0o600);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });
});
