import { chmodSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../testing/temp-folder.ts';
import { createProfileReadings, type ProfileReadings } from './profile-readings.ts';

const STEP_MS = 2001;

describe('remembered profile files', () => {
  let path: string;
  let nowMs: number;
  let readings: ProfileReadings;

  beforeEach(() => {
    path = join(tempFolder(), 'glm.settings.json');
    nowMs = 0;
    readings = createProfileReadings(() => nowMs);
    save('sk-test-one');
  });

  function save(token: string): void {
    writeFileSync(path, JSON.stringify({ env: { ANTHROPIC_AUTH_TOKEN: token } }));
  }

  /** Changes the file, and makes the system describe it as before as far as that can be done. */
  function saveUnnoticed(token: string): void {
    const { atime, mtime } = statSync(path);
    save(token);
    utimesSync(path, atime, mtime);
  }

  function tokenOf(): string | null {
    const profile = readings.read(path);
    return profile.state === 'read' ? profile.token : profile.detail;
  }

  /** Reads until the reading is believed: what is returned later is then the very same object. */
  function settle(): void {
    tokenOf();
    nowMs += STEP_MS;
    tokenOf();
  }

  it('are not read again once they were read long enough after their last change', () => {
    settle();
    expect(readings.read(path)).toBe(readings.read(path));
  });

  it('are read again while they are so young that a change could look like none', () => {
    const first = readings.read(path);
    nowMs += STEP_MS - 2;
    expect(readings.read(path)).not.toBe(first);
  });

  it.each(['a save', 'a save with the old time stamp', 'a replacement'])(
    'are read again after %s',
    (what) => {
      settle();
      if (what === 'a save') save('sk-test-two');
      else if (what === 'a replacement') {
        const target = path;
        path = `${target}.new`;
        save('sk-test-two');
        renameSync(path, target);
        path = target;
      } else saveUnnoticed('sk-test-two');
      expect(tokenOf()).toBe('sk-test-two');
    },
  );

  it('tell of other permissions', () => {
    settle();
    chmodSync(path, 0o640);
    expect(readings.read(path)).toMatchObject({ mode: 0o640 });
  });

  it('are read again where somebody says that they changed, or that anything may have', () => {
    settle();
    const before = readings.read(path);
    readings.forget(path);
    const after = readings.read(path);
    expect(after).not.toBe(before);
    nowMs += STEP_MS;
    readings.forget(null);
    expect(readings.read(path)).not.toBe(after);
  });

  it('are let go of where nobody asks for them any more, and when they are gone or broken', () => {
    settle();
    const before = readings.read(path);
    readings.keepOnly([]);
    expect(readings.read(path)).not.toBe(before);
    writeFileSync(path, '{');
    expect(tokenOf()).toBe('not-json');
    rmSync(path);
    expect(tokenOf()).toBe('not-found');
  });
});
