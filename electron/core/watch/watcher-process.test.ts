import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { childProgram } from '../../testing/child-program.ts';
import type { WatchTask } from '../../testing/children/watch-paths.ts';
import { needsRoot } from '../../testing/requirements.ts';
import { tempFolder } from '../../testing/temp-folder.ts';

const NOBODY = 65534;
const AS_NOBODY = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
const PATIENCE = { timeout: 120_000, interval: 10 };

/**
 * Starts a command in a namespace of users with limits of its own. Those in /proc/sys/fs/inotify are the whole
 * machine's, even from within a namespace; these are the namespace's.
 */
function withLimit(limit: 'max_inotify_watches' | 'max_inotify_instances', count: number): readonly string[] {
  return ['unshare', '-Ur', 'sh', '-c', `echo ${count} > /proc/sys/user/${limit} && exec "$@"`, 'sh'];
}

interface Child {
  readonly process: ChildProcess;
  readonly lines: () => readonly { readonly hint?: string | null; readonly state?: unknown }[];
  readonly send: (command: string) => void;
  /** Forgets what was told so far. */
  readonly forget: () => void;
  readonly tells: (line: unknown) => Promise<void>;
}

function start(
  prefix: readonly string[],
  task: WatchTask,
  env: Readonly<Record<string, string>> = {},
): Child {
  const command = [process.execPath, childProgram('watch-paths'), JSON.stringify(task)];
  const child = spawn('env', ['--', ...prefix, ...command], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let lines: ReturnType<Child['lines']>[number][] = [];
  createInterface({ input: child.stdout }).on('line', (line) =>
    lines.push(JSON.parse(line) as (typeof lines)[number]),
  );
  return {
    process: child,
    lines: () => lines,
    send: (command) => void child.stdin.write(`${command}\n`),
    forget: () => void (lines = []),
    tells: (line) => vi.waitFor(() => expect(lines).toContainEqual(line), PATIENCE),
  };
}

/** Lets the child's time pass, second by second, until it tells this. */
async function tellsInTime(child: Child, line: unknown): Promise<void> {
  await vi.waitFor(
    () => {
      child.send('advance 1000');
      expect(child.lines()).toContainEqual(line);
    },
    { ...PATIENCE, interval: 50 },
  );
}

function folderOfNobody(): string {
  const parent = tempFolder();
  chmodSync(parent, 0o755);
  const folder = join(parent, '.ccs');
  mkdirSync(folder);
  chownSync(folder, NOBODY, NOBODY);
  return folder;
}

describe('a process that watches', () => {
  it('ends by itself after it disposed of the watcher', async () => {
    const folder = tempFolder();
    const paths = { folders: [folder], files: [join(folder, 'missing', 'config.yaml')] };
    const child = start([], { paths, clock: 'system' });
    await child.tells({ state: { state: 'running' } });
    child.send('dispose');
    expect(await once(child.process, 'exit')).toEqual([0, null]);
    expect(child.lines().at(-1)).toEqual({ state: { state: 'stopped' } });
  });

  it('hints and watches anew after its watch broke', async () => {
    const folder = tempFolder();
    const file = join(folder, 'a');
    const fewFiles = ['sh', '-c', 'ulimit -n 60 && exec "$@"', 'sh'];
    const child = start(fewFiles, { paths: { folders: [folder], files: [] }, clock: 'fake' });
    await child.tells({ state: { state: 'running' } });
    child.send('exhaust');
    await child.tells('exhausted');
    child.forget();
    writeFileSync(file, '1');
    await child.tells({ state: { state: 'polling', why: 'EMFILE' } });
    expect(child.lines()).toContainEqual({ hint: null });
    child.send('release');
    await tellsInTime(child, { state: { state: 'running' } });
    child.forget();
    writeFileSync(file, '2');
    await child.tells({ hint: file });
  });

  it('looks itself where the environment makes chokidar poll', async () => {
    const folder = tempFolder();
    const file = join(folder, 'a');
    const paths = { folders: [folder], files: [] };
    const child = start([], { paths, clock: 'system' }, { CHOKIDAR_USEPOLLING: '1' });
    await child.tells({ state: { state: 'polling', why: 'CHOKIDAR_USEPOLLING' } });
    for (const act of [
      () => writeFileSync(file, '1'),
      () => writeFileSync(file, '2'),
      () => unlinkSync(file),
    ]) {
      child.forget();
      act();
      await child.tells({ hint: folder });
    }
    child.send('dispose');
    expect(await once(child.process, 'exit')).toEqual([0, null]);
  });
});

describe.skipIf(!needsRoot())('where inotify is exhausted', () => {
  it('looks itself, says so, and watches again when it can', async () => {
    const folder = tempFolder();
    const file = join(folder, 'a');
    writeFileSync(file, '1');
    const task: WatchTask = { paths: { folders: [], files: [file] }, clock: 'fake' };
    const child = start(withLimit('max_inotify_watches', 0), task);
    await child.tells({ state: { state: 'polling', why: 'ENOSPC' } });
    const replace = () => {
      writeFileSync(join(folder, 'new'), '3');
      renameSync(join(folder, 'new'), file);
    };
    for (const act of [
      () => writeFileSync(file, '2'),
      replace,
      () => unlinkSync(file),
      () => writeFileSync(file, '4'),
    ]) {
      child.forget();
      act();
      await tellsInTime(child, { hint: folder });
    }
    child.send('limit 10');
    await tellsInTime(child, { state: { state: 'running' } });
    child.forget();
    writeFileSync(file, '5');
    await child.tells({ hint: file });
  });

  it('says nothing while nothing changes', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'a'), '1');
    const task: WatchTask = { paths: { folders: [folder], files: [] }, clock: 'fake' };
    const child = start(withLimit('max_inotify_instances', 0), task);
    await child.tells({ state: { state: 'polling', why: 'EMFILE' } });
    child.forget();
    await tellsInTime(child, { hint: null });
    expect(child.lines()).toEqual([{ hint: null }]);
  });

  it('watches what it can: the first folder, not the second', async () => {
    const [one, two] = [tempFolder(), tempFolder()];
    const task: WatchTask = { paths: { folders: [one, two], files: [] }, clock: 'fake' };
    const child = start(withLimit('max_inotify_watches', 1), task);
    await child.tells({ state: { state: 'polling', why: 'ENOSPC' } });
    for (const folder of [one, two]) writeFileSync(join(folder, 'a'), '1');
    await tellsInTime(child, { hint: one });
    await tellsInTime(child, { hint: two });
  });
});

describe.skipIf(!needsRoot())('as a user who may not everything', () => {
  it('says which folder it may not read, and goes on when it may again', async () => {
    const folder = folderOfNobody();
    const file = join(folder, 'a');
    const child = start(AS_NOBODY, { paths: { folders: [folder], files: [] }, clock: 'system' });
    await child.tells({ state: { state: 'running' } });
    for (let round = 0; round < 3; round++) {
      child.forget();
      chmodSync(folder, 0);
      await child.tells({ state: { state: 'degraded', why: 'EACCES', path: folder } });
      await child.tells({ hint: folder });
      child.forget();
      chmodSync(folder, 0o700);
      await child.tells({ state: { state: 'running' } });
      await child.tells({ hint: folder });
      child.forget();
      writeFileSync(file, String(round));
      await child.tells({ hint: file });
    }
  });

  it('goes on where it may not read the folder at first, or one above it', async () => {
    const folder = join(folderOfNobody(), 'cliproxy');
    mkdirSync(folder);
    chownSync(folder, 0, 0);
    chmodSync(folder, 0o700);
    chmodSync(join(folder, '..'), 0);
    const child = start(AS_NOBODY, { paths: { folders: [folder], files: [] }, clock: 'system' });
    await child.tells({ state: { state: 'degraded', why: 'EACCES', path: folder } });
    chmodSync(join(folder, '..'), 0o755);
    chmodSync(folder, 0o755);
    await child.tells({ state: { state: 'running' } });
    writeFileSync(join(folder, 'a'), '1');
    await child.tells({ hint: join(folder, 'a') });
  });
});
