import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WatcherState } from '../../../shared/schema/state.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { type Clock, systemClock } from '../support/clock.ts';
import { createWatcher } from './watcher.ts';
import type { WatchedPaths, Watcher } from './watcher-interface.ts';

interface Watched {
  readonly watcher: Watcher;
  readonly hints: (string | null)[];
  readonly states: WatcherState[];
  /** Waits until what was going on is over, forgets the hints so far, acts, and waits for a hint at one of the paths. */
  readonly hintAfter: (act: () => void, ...paths: readonly (string | null)[]) => Promise<void>;
  readonly becomes: (state: Partial<WatcherState>) => Promise<void>;
}

const PATIENCE = { timeout: 120_000, interval: 10 };

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

async function watching(paths: Partial<WatchedPaths>, clock: Clock = systemClock()): Promise<Watched> {
  const hints: (string | null)[] = [];
  const states: WatcherState[] = [];
  const watcher = createWatcher({
    clock,
    listeners: { onHint: (path) => hints.push(path), onState: (state) => states.push(state) },
  });
  onTestFinished(() => watcher.dispose());
  expect(watcher.state).toEqual({ state: 'starting' });
  watcher.watch({ folders: [], files: [], ...paths });
  await vi.waitFor(() => expect(states).not.toHaveLength(0), PATIENCE);
  return {
    watcher,
    hints,
    states,
    hintAfter: async (act, ...expected) => {
      // Hints of what the test did before may still be on their way.
      await pause(50);
      hints.length = 0;
      act();
      await vi.waitFor(() => expect(expected.some((path) => hints.includes(path))).toBe(true), PATIENCE);
    },
    becomes: (state) => vi.waitFor(() => expect(watcher.state).toMatchObject(state), PATIENCE),
  };
}

/** How many things the system watches for this process. */
function systemWatches(): number {
  const infos = readdirSync('/proc/self/fdinfo').map((fd) => {
    try {
      return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8');
    } catch {
      return '';
    }
  });
  return infos.join('').match(/^inotify /gm)?.length ?? 0;
}

function saveByRename(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text);
  renameSync(`${path}.tmp`, path);
}

describe('createWatcher', () => {
  it('tells of each kind of change in a folder', async () => {
    const folder = tempFolder();
    const file = join(folder, 'glm.settings.json');
    const { hintAfter, watcher } = await watching({ folders: [folder] });
    expect(watcher.state).toEqual({ state: 'running' });
    await hintAfter(() => writeFileSync(file, '1'), file);
    await hintAfter(() => writeFileSync(file, '2'), file);
    await hintAfter(() => appendFileSync(file, '3'), file);
    await hintAfter(() => chmodSync(file, 0o600), file);
    for (const text of ['4', '5', '6']) await hintAfter(() => saveByRename(file, text), file);
    await hintAfter(() => writeFileSync(file, '7'), file);
    await hintAfter(() => renameSync(file, join(folder, 'kimi.settings.json')), file);
    await hintAfter(() => unlinkSync(join(folder, 'kimi.settings.json')), join(folder, 'kimi.settings.json'));
    await hintAfter(() => mkdirSync(file), file);
  });

  it('says nothing where nothing happens, and nothing of what was not asked for', async () => {
    const folder = tempFolder();
    const file = join(folder, 'config.yaml');
    writeFileSync(file, '1');
    mkdirSync(join(folder, 'logs'));
    const { hints, hintAfter } = await watching({ files: [file] });
    await hintAfter(() => {
      writeFileSync(join(folder, 'other.yaml'), '1');
      writeFileSync(join(folder, 'logs', 'config.yaml'), '1');
      writeFileSync(file, '2');
    }, file);
    await pause(100);
    expect(new Set(hints)).toEqual(new Set([file]));
  });

  it('hints once it watches, for what changed before', async () => {
    const folder = tempFolder();
    const { hints, watcher } = await watching({ folders: [folder] });
    expect(hints).toEqual([folder]);
    watcher.watch({ folders: [folder], files: [] });
    watcher.watch({ folders: [folder], files: [join(folder, 'x')] });
    await pause(200);
    expect(hints).toEqual([folder]);
  });

  it('hints when more is watched than before, and says nothing of what no longer is', async () => {
    const [one, two] = [tempFolder(), tempFolder()];
    const [file, other] = [join(one, 'a'), join(one, 'b')];
    const { hints, hintAfter, watcher } = await watching({ files: [file] });
    await hintAfter(() => watcher.watch({ folders: [], files: [file, other] }), one);
    await hintAfter(() => writeFileSync(other, '1'), other);
    await hintAfter(() => watcher.watch({ folders: [two], files: [] }), two);
    await hintAfter(
      () => {
        writeFileSync(file, '1');
        writeFileSync(join(two, 'c'), '1');
      },
      join(two, 'c'),
    );
    expect(hints).not.toContain(file);
  });

  it('sees a folder that is missing at first, with any number of folders above it', async () => {
    const folder = join(tempFolder(), 'home', '.ccs');
    const target = join(folder, 'cliproxy', 'config.yaml');
    const { hintAfter, watcher } = await watching({ folders: [folder], files: [target] });
    expect(watcher.state).toEqual({ state: 'running' });
    await hintAfter(() => mkdirSync(folder, { recursive: true }), folder);
    await hintAfter(
      () => writeFileSync(join(folder, 'glm.settings.json'), '1'),
      join(folder, 'glm.settings.json'),
    );
    await hintAfter(() => mkdirSync(dirname(target)), dirname(target));
    await hintAfter(() => writeFileSync(target, '1'), target);
    await hintAfter(() => writeFileSync(target, '2'), target);
  });

  it('sees a file where its folder should be as missing', async () => {
    const folder = join(tempFolder(), '.ccs');
    writeFileSync(folder, 'not a folder');
    const { hintAfter } = await watching({ folders: [folder] });
    await hintAfter(() => {
      unlinkSync(folder);
      mkdirSync(folder);
    }, folder);
    await hintAfter(() => writeFileSync(join(folder, 'a'), '1'), join(folder, 'a'));
  });

  it('goes on when the folder is deleted and made anew, again and again', async () => {
    const folder = join(tempFolder(), '.ccs');
    mkdirSync(folder);
    const file = join(folder, 'a');
    const { hintAfter } = await watching({ folders: [folder] });
    for (let round = 0; round < 5; round++) {
      await hintAfter(() => rmSync(folder, { recursive: true }), folder);
      await hintAfter(() => mkdirSync(folder), folder);
      await hintAfter(() => writeFileSync(file, '1'), file);
      await hintAfter(() => writeFileSync(file, '2'), file);
    }
    expect(systemWatches()).toBe(1);
  });

  it('goes on when the folder is replaced at once', async () => {
    const parent = tempFolder();
    const [folder, next] = [join(parent, '.ccs'), join(parent, 'next')];
    mkdirSync(folder);
    const { hintAfter } = await watching({ folders: [folder] });
    for (let round = 0; round < 5; round++) {
      mkdirSync(next);
      writeFileSync(join(next, 'a'), '0');
      await hintAfter(() => {
        renameSync(folder, join(parent, `old-${round}`));
        renameSync(next, folder);
      }, folder);
      await vi.waitFor(() => expect(systemWatches()).toBe(1), PATIENCE);
      await hintAfter(() => {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
      }, folder);
      await hintAfter(() => writeFileSync(join(folder, 'a'), '1'), join(folder, 'a'));
    }
  });

  it('finds with the rescan that a folder above was replaced', async () => {
    const parent = tempFolder();
    const [home, next] = [join(parent, 'home'), join(parent, 'next')];
    const folder = join(home, '.ccs');
    for (const path of [folder, join(next, '.ccs')]) mkdirSync(path, { recursive: true });
    const clock = fakeClock();
    const { hintAfter } = await watching({ folders: [folder] }, clock);
    renameSync(home, join(parent, 'old'));
    renameSync(next, home);
    await hintAfter(() => void clock.advance(60_000), folder);
    await hintAfter(() => writeFileSync(join(folder, 'a'), '1'), join(folder, 'a'));
  });

  it('follows symbolic links: to the folder, to a file in it, to a file by name', async () => {
    const [real, elsewhere, links] = [tempFolder(), tempFolder(), tempFolder()];
    const [folder, named] = [join(links, '.ccs'), join(links, 'config.yaml')];
    for (const name of ['glm', 'config']) writeFileSync(join(elsewhere, name), '1');
    symlinkSync(real, folder);
    symlinkSync(join(elsewhere, 'glm'), join(real, 'glm.settings.json'));
    symlinkSync(join(elsewhere, 'config'), named);
    const { hintAfter } = await watching({ folders: [folder], files: [named] });
    await hintAfter(() => writeFileSync(join(real, 'a'), '1'), join(folder, 'a'));
    await hintAfter(() => writeFileSync(join(elsewhere, 'glm'), '2'), join(elsewhere, 'glm'));
    await hintAfter(() => saveByRename(join(elsewhere, 'config'), '2'), join(elsewhere, 'config'));
  });

  it('needs one watch for 10,000 files, and sees each of them change', async () => {
    const folder = tempFolder();
    const paths = Array.from({ length: 10_000 }, (_, index) => join(folder, `p${index}.settings.json`));
    for (const path of paths) writeFileSync(path, '1');
    const { hintAfter } = await watching({ folders: [folder], files: paths });
    expect(systemWatches()).toBe(1);
    for (const path of [paths[0] ?? '', paths[9_999] ?? ''])
      await hintAfter(() => writeFileSync(path, '2'), path);
  });

  it('loses none of 200 files that are saved by rename in a row', async () => {
    const folder = tempFolder();
    const { hints } = await watching({ folders: [folder] });
    const paths = Array.from({ length: 200 }, (_, index) => join(folder, `p${index}`));
    for (const path of paths) saveByRename(path, '1');
    await vi.waitFor(() => expect(paths.filter((path) => !hints.includes(path))).toEqual([]), PATIENCE);
  });

  it('hints every 60 s', async () => {
    const clock = fakeClock();
    const { hints } = await watching({ folders: [tempFolder()] }, clock);
    hints.length = 0;
    await clock.advance(59_999);
    expect(hints).toEqual([]);
    await clock.advance(1);
    await clock.advance(120_000);
    expect(hints).toEqual([null, null, null]);
  });

  it('hints at once when the machine wakes up, and then as before', async () => {
    const clock = fakeClock();
    const { hints } = await watching({ folders: [tempFolder()] }, clock);
    hints.length = 0;
    await clock.advance(30_000);
    await clock.leap(3_600_000);
    expect(hints).toEqual([null]);
    await clock.advance(59_999);
    expect(hints).toEqual([null]);
    await clock.advance(1);
    expect(hints).toEqual([null, null]);
  });

  it('goes on hinting every 60 s after the clock was set back', async () => {
    const clock = fakeClock();
    const { hints } = await watching({ folders: [tempFolder()] }, clock);
    hints.length = 0;
    await clock.leap(-3_600_000);
    await clock.advance(3_600_000 + 60_000);
    expect(hints.length).toBeGreaterThan(0);
  });

  it('leaves no watch and no timer when it is disposed of, at whatever moment', async () => {
    const clock = fakeClock();
    const [folder, missing] = [tempFolder(), join(tempFolder(), 'missing')];
    for (let delayMs = 0; delayMs < 30; delayMs++) {
      const hints: unknown[] = [];
      const states: WatcherState[] = [];
      const watcher = createWatcher({
        clock,
        listeners: { onHint: () => hints.push(delayMs), onState: (state) => states.push(state) },
      });
      watcher.watch({ folders: [folder], files: [join(missing, 'a')] });
      await pause(delayMs % 10);
      watcher.dispose();
      watcher.dispose();
      watcher.watch({ folders: [folder], files: [] });
      expect(states.at(-1)).toEqual({ state: 'stopped' });
      expect(watcher.state).toEqual({ state: 'stopped' });
      const before = [hints.length, states.length];
      writeFileSync(join(folder, 'a'), String(delayMs));
      await pause(10);
      expect([hints.length, states.length]).toEqual(before);
    }
    await vi.waitFor(() => expect(systemWatches()).toBe(0), PATIENCE);
    await vi.waitFor(() => expect(process.getActiveResourcesInfo()).not.toContain('FSEventWrap'), PATIENCE);
    expect(clock.timers).toBe(0);
  });
});
