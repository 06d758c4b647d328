import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.ts';
import { removeLeftovers, temporaryPath } from './temporary-file.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** The name a process would have given that is dead by now. */
function ofDeadProcess(path: string): string {
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  return temporaryPath(path).replace(`.${process.pid}.`, `.${pid}.`);
}

describe('temporaryPath', () => {
  it('names a hidden file in the same folder, another each time', () => {
    const path = temporaryPath('/state/ledger.json');
    expect(dirname(path)).toBe('/state');
    expect(basename(path)).toMatch(/^\.ledger\.json\.\d+\.[0-9a-f]{8}\.[0-9a-f]{12}\.tmp$/);
    expect(temporaryPath('/state/ledger.json')).not.toBe(path);
  });

  it('stays a legal name for the longest of names', () => {
    const folder = tempFolder();
    writeFileSync(temporaryPath(join(folder, 'ö'.repeat(127))), '');
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

describe('removeLeftovers', () => {
  it('removes what dead processes left, and nothing else', async () => {
    const folder = tempFolder();
    const dead = ofDeadProcess(join(folder, 'ledger'));
    const kept = ['ledger', '.hidden.tmp', '.ledger.1.tmp', basename(temporaryPath(join(folder, 'ledger')))];
    for (const path of [dead, ...kept.map((name) => join(folder, name))]) writeFileSync(path, '');
    await removeLeftovers(folder, Date.now());
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
  });

  it('leaves the files of other machines alone for a day', async () => {
    const folder = tempFolder();
    const other = join(folder, '.ledger.1.00000000.000000000000.tmp');
    writeFileSync(other, '');
    const now = Date.now();
    utimesSync(other, now / 1000, now / 1000);
    await removeLeftovers(folder, now + DAY_MS - 60_000);
    expect(existsSync(other)).toBe(true);
    await removeLeftovers(folder, now + DAY_MS + 60_000);
    expect(existsSync(other)).toBe(false);
  });

  it('finds none in a folder that is not there', async () => {
    await expect(removeLeftovers('/nowhere/at/all', 0)).resolves.toBeUndefined();
  });
});
