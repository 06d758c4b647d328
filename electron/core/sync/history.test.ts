import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CHANGE, engineHome, type EngineHome, envOf, filesBelow, must } from '../../testing/engine-home.ts';

const CONFIG = 'port: 1\n';

function rotate(home: EngineHome, round: number): Promise<unknown> {
  home.profile('one', envOf('one', { ANTHROPIC_AUTH_TOKEN: `sk-test-canary-round-${round}` }));
  return home.sync();
}

describe('the history', () => {
  it('has a record of every change with its masked operations, newest first', async () => {
    const home = engineHome({ config: CONFIG });
    expect(must(await home.core.history())).toEqual({ records: [], first: false });
    await rotate(home, 1);
    await home.sync();
    await rotate(home, 2);
    await home.core.undo(null, CHANGE);
    const { records, first } = must(await home.core.history());
    expect(first).toBe(true);
    expect(records.map(({ id, kind, undoes }) => [id, kind, undoes])).toEqual([
      [3, 'undo', 2],
      [2, 'sync', null],
      [1, 'sync', null],
    ]);
    expect(records[0]?.hashAfter).toBe(records[1]?.hashBefore);
    expect(must(await home.core.historyRecord(2))).toEqual(records[1]);
    expect(records[1]?.operations).toMatchObject([
      { op: 'update', profile: 'one', diff: [{ field: 'api-key', after: { key: { last4: 'nd-2' } } }] },
    ]);
    expect(Object.keys(records[1] ?? {}).sort()).toEqual(
      ['hashAfter', 'hashBefore', 'id', 'kind', 'operations', 'path', 'time', 'undoes'].sort(),
    );
    expect(await home.core.historyRecord(4)).toEqual({
      ok: false,
      error: { code: 'unknown-record', id: '4' },
    });
  });

  it('keeps its files to the user', async () => {
    const home = engineHome({ config: CONFIG });
    await rotate(home, 1);
    const files = [...filesBelow(home.stateFolder, '.record'), ...filesBelow(home.stateFolder, '.json')];
    expect(files).toHaveLength(4);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600]);
  });

  it('keeps 50 records, and the first bytes for good', async () => {
    const home = engineHome({ config: CONFIG });
    for (let round = 1; round <= 53; round++) await rotate(home, round);
    const { records } = must(await home.core.history());
    expect(records.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => 53 - index));
    expect(filesBelow(home.stateFolder, '.record')).toHaveLength(51);
    expect(await home.core.undo(1, CHANGE)).toMatchObject({ error: { code: 'unknown-record' } });
    must(await home.core.restoreFirst(CHANGE));
    expect(home.readConfig()).toBe(CONFIG);
  });

  it('keeps 20 MB of old bytes, and the newest record however large', async () => {
    const filler = `${`# ${'x'.repeat(1021)}\n`.repeat(8 * 1024)}port: 1\n`;
    const home = engineHome({ config: filler });
    for (let round = 1; round <= 4; round++) await rotate(home, round);
    expect(must(await home.core.history()).records.map(({ id }) => id)).toEqual([4, 3]);
  });

  it('purges its records, and the first bytes only where that is asked for', async () => {
    const home = engineHome({ config: CONFIG });
    await rotate(home, 1);
    await rotate(home, 2);
    expect(must(await home.core.purgeHistory(false))).toBe(2);
    expect(must(await home.core.history())).toEqual({ records: [], first: true });
    expect(await home.core.undo(null, CHANGE)).toEqual({ ok: false, error: { code: 'nothing-to-undo' } });
    expect(must(await home.core.purgeHistory(true))).toBe(1);
    expect(must(await home.core.purgeHistory(true))).toBe(0);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    await rotate(home, 3);
    expect(must(await home.core.history()).records).toMatchObject([{ id: 3 }]);
  });
});
