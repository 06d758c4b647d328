import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.ts';
import { cachePath, readCache, removeCache, writeCache } from './catalog-cache.ts';

function place(text?: string): string {
  const path = cachePath(tempFolder());
  if (text !== undefined) writeFileSync(path, text);
  return path;
}

describe('the cache file', () => {
  it('has the format of CCS, unknown fields included, and is for its owner only', async () => {
    const path = place();
    const models = [{ id: 'a', display_name: 'A', owned_by: 'somebody' }];
    expect(await writeCache(path, { providers: { gemini: models }, fetchedMs: 5 })).toEqual({
      ok: true,
      value: undefined,
    });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ providers: { gemini: models }, fetchedAt: 5 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readCache(path)).toEqual({
      cached: { providers: { gemini: models }, fetchedMs: 5 },
      problem: null,
    });
  });

  it('keeps the providers that were not fetched, and those that only CCS knows', async () => {
    const path = place(
      JSON.stringify({ providers: { qwen: [{ id: 'q' }], claude: [{ id: 'c' }] }, fetchedAt: 1 }),
    );
    await writeCache(path, { providers: { gemini: [{ id: 'g' }] }, fetchedMs: 2 });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      providers: { qwen: [{ id: 'q' }], claude: [{ id: 'c' }], gemini: [{ id: 'g' }] },
      fetchedAt: 2,
    });
  });

  it('may be missing', async () => {
    expect(await readCache(place())).toEqual({ cached: null, problem: null });
  });

  it.each([
    ['{'],
    [''],
    ['[]'],
    ['{"providers": [], "fetchedAt": 1}'],
    ['{"providers": {}, "fetchedAt": "x"}'],
  ])('that is broken (%s) is set aside, and told of', async (text) => {
    const path = place(text);
    const keptAs = `${path}.broken`;
    expect(await readCache(path)).toEqual({ cached: null, problem: { code: 'broken', path, keptAs } });
    expect(existsSync(path)).toBe(false);
    expect(readFileSync(keptAs, 'utf8')).toBe(text);
  });

  it('that is a folder is unreadable and unwritable, which is told', async () => {
    const path = place();
    mkdirSync(join(path, 'in the way'), { recursive: true });
    expect(await readCache(path)).toMatchObject({ problem: { code: 'unreadable', reason: 'EISDIR' } });
    expect(await writeCache(path, { providers: {}, fetchedMs: 1 }).catch(() => null)).toMatchObject({
      error: { code: 'unwritable' },
    });
    expect(await removeCache(path)).toMatchObject({ error: { code: 'unwritable' } });
  });

  it('is gone after a reset, which does not mind that it was not there', async () => {
    const path = place('{"providers": {}, "fetchedAt": 1}');
    expect(await removeCache(path)).toEqual({ ok: true, value: true });
    expect(await removeCache(path)).toEqual({ ok: true, value: false });
  });
});
