import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { rounds } from '../../testing/nightly.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { createWatcher } from './watcher.ts';

const ACTS = [
  'save',
  'save-by-rename',
  'delete-file',
  'delete-folder',
  'make-folder',
  'delete-and-make',
  'replace-folder',
  'replace-home',
] as const;

/** A CCS directory in a home, and what can happen to it. Each act returns where a hint must come, or null for none. */
function world(root: string): (act: (typeof ACTS)[number]) => string | null {
  const home = join(root, 'home');
  const folder = join(home, '.ccs');
  const file = join(folder, 'glm.settings.json');
  let count = 0;
  const fresh = (): string => join(root, `fresh-${(count += 1)}`);
  const make = (path: string): void => {
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'glm.settings.json'), `${(count += 1)}`);
  };
  make(folder);
  return (act) => {
    const exists = existsSync(folder);
    if (act === 'replace-home') {
      const next = fresh();
      make(join(next, '.ccs'));
      renameSync(home, fresh());
      renameSync(next, home);
      return folder;
    }
    if (act === 'make-folder') {
      if (exists) return null;
      make(folder);
      return folder;
    }
    if (!exists) return null;
    if (act === 'delete-folder') rmSync(folder, { recursive: true });
    if (act === 'delete-and-make') {
      rmSync(folder, { recursive: true });
      make(folder);
    }
    if (act === 'replace-folder') {
      const next = fresh();
      make(next);
      renameSync(folder, fresh());
      renameSync(next, folder);
    }
    if (act === 'save') writeFileSync(file, `${(count += 1)}`);
    if (act === 'save-by-rename') {
      writeFileSync(`${file}.tmp`, `${(count += 1)}`);
      renameSync(`${file}.tmp`, file);
    }
    if (act === 'delete-file') {
      if (!existsSync(file)) return null;
      rmSync(file);
    }
    return act.startsWith('save') || act === 'delete-file' ? file : folder;
  };
}

describe('createWatcher', () => {
  it('misses no change, and still tells of each file, whatever became of the folder before', async () => {
    const root = tempFolder();
    let round = 0;
    const property = fc.asyncProperty(
      fc.array(fc.constantFrom(...ACTS), { minLength: 4, maxLength: 12 }),
      async (acts) => {
        const place = join(root, `${(round += 1)}`);
        const act = world(place);
        const folder = join(place, 'home', '.ccs');
        const clock = fakeClock();
        const hints = new Set<string | null>();
        const watcher = createWatcher({
          clock,
          listeners: { onHint: (path) => hints.add(path), onState: () => undefined },
        });
        try {
          watcher.watch({ folders: [folder], files: [] });
          await vi.waitFor(() => expect(hints).toContain(folder), { timeout: 120_000, interval: 5 });
          for (const next of acts) {
            hints.clear();
            const expected = act(next);
            if (expected === null) continue;
            // A folder that was there only between two looks is covered by the rescan.
            const isTold = (): boolean => [expected, folder, null].some((path) => hints.has(path));
            await vi.waitFor(
              () => {
                if (!isTold()) void clock.advance(1000);
                expect(isTold()).toBe(true);
              },
              { timeout: 120_000, interval: 5 },
            );
          }
          act('make-folder');
          await vi.waitFor(
            () => {
              act('save');
              void clock.advance(1000);
              expect(hints).toContain(join(folder, 'glm.settings.json'));
            },
            { timeout: 120_000, interval: 5 },
          );
        } finally {
          watcher.dispose();
          expect(clock.timers).toBe(0);
        }
      },
    );
    await fc.assert(property, { numRuns: rounds(20, 300), endOnFailure: true });
  });
});
