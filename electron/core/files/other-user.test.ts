import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childProgram } from '../../testing/child-program.ts';
import type { WriteTask } from '../../testing/children/write-in-place.ts';
import { needsRoot } from '../../testing/requirements.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { targetFolder } from './state-folder.ts';

const NOBODY = 65534;

interface Scene {
  readonly folder: string;
  readonly state: string;
  readonly task: WriteTask;
  readonly run: () => unknown;
}

/** A target with the text `old`, and a write of `new` by another user, who owns target and state folder. */
function scene(): Scene {
  const folder = tempFolder();
  const [config, state] = [join(folder, 'config'), join(folder, 'state')];
  chmodSync(folder, 0o755);
  for (const path of [config, state]) mkdirSync(path);
  const [target, file] = [join(config, 'config.yaml'), join(folder, 'new')];
  writeFileSync(target, 'old', { mode: 0o600 });
  writeFileSync(file, 'new', { mode: 0o644 });
  for (const path of [config, state, target]) chownSync(path, NOBODY, NOBODY);
  const task = { target, state, ledger: join(state, 'ledger'), versions: [{ file, ledger: 'new ledger' }] };
  const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
  const command = [...user, process.execPath, childProgram('write-in-place'), JSON.stringify(task)];
  const run = () => JSON.parse(execFileSync('setpriv', command, { encoding: 'utf8' })) as unknown;
  return { folder: config, state, task, run };
}

describe.skipIf(!needsRoot())('as a user who may not everything', () => {
  it('writes a file in a folder that is read-only', () => {
    const { folder, task, run } = scene();
    chownSync(folder, 0, 0);
    chmodSync(folder, 0o555);
    const { ino, uid, gid, mode } = statSync(task.target);
    expect(run()).toHaveProperty('steps');
    expect(readFileSync(task.target, 'utf8')).toBe('new');
    expect(statSync(task.target)).toMatchObject({ ino, uid, gid, mode });
    expect(readdirSync(folder)).toEqual(['config.yaml']);
  });

  it('keeps the owner of a file that the group may write', () => {
    const { task, run } = scene();
    chownSync(task.target, 0, NOBODY);
    chmodSync(task.target, 0o660);
    expect(run()).toHaveProperty('steps');
    expect(readFileSync(task.target, 'utf8')).toBe('new');
    expect(statSync(task.target)).toMatchObject({ uid: 0, gid: NOBODY });
  });

  it('says that the file can’t be written, and writes no journal for it', () => {
    const { state, task, run } = scene();
    chownSync(task.target, 0, 0);
    chmodSync(task.target, 0o644);
    expect(run()).toEqual({ error: { code: 'target-unwritable', path: task.target, reason: 'EACCES' } });
    expect(readFileSync(task.target, 'utf8')).toBe('old');
    expect(readdirSync(state)).toEqual(['targets']);
  });

  it('says that the file can’t be read', () => {
    const { task, run } = scene();
    chownSync(task.target, 0, 0);
    expect(run()).toEqual({ error: { code: 'target-unreadable', path: task.target, reason: 'EACCES' } });
  });

  it('says that the file can’t be reached', () => {
    const { folder, task, run } = scene();
    chownSync(folder, 0, 0);
    chmodSync(folder, 0o700);
    expect(run()).toEqual({ error: { code: 'target-unreadable', path: task.target, reason: 'EACCES' } });
  });

  it('says that the state folder can’t be used', () => {
    const { state, task, run } = scene();
    chownSync(state, 0, 0);
    expect(run()).toMatchObject({ error: { code: 'state-unusable', reason: 'EACCES' } });
    expect(readFileSync(task.target, 'utf8')).toBe('old');
  });

  it('refuses a state folder in which others can plant files', () => {
    const { state, task, run } = scene();
    const { folder } = targetFolder(state, task.target);
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o777);
    expect(run()).toEqual({ error: { code: 'state-unusable', path: folder, reason: 'writable-by-others' } });
    expect(readFileSync(task.target, 'utf8')).toBe('old');
  });
});
