import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyCcsHome } from '../../testing/ccs-home.ts';
import { readProfileFile } from './read-profile-file.ts';

function fault(detail: string): unknown {
  return { state: 'unreadable', detail, line: null };
}

describe('reading a profile file', () => {
  it('gives its hash and mode with its content', () => {
    const text = '{"env": {"ANTHROPIC_AUTH_TOKEN": "sk-test-1"}}';
    const path = emptyCcsHome().write('a.settings.json', text);
    chmodSync(path, 0o640);
    const hash = createHash('sha256').update(text).digest('hex');
    expect(readProfileFile(path)).toMatchObject({ state: 'read', token: 'sk-test-1', hash, mode: 0o640 });
  });

  it('follows a symlink', () => {
    const { ccsDirectory, profile } = emptyCcsHome();
    const path = join(ccsDirectory, 'b.settings.json');
    symlinkSync(profile('a', { ANTHROPIC_AUTH_TOKEN: 'sk-test-1' }), path);
    expect(readProfileFile(path)).toMatchObject({ token: 'sk-test-1' });
  });

  it('tells a dangling symlink and a symlink in a circle', () => {
    const { ccsDirectory } = emptyCcsHome();
    const path = join(ccsDirectory, 'b.settings.json');
    symlinkSync('nowhere', path);
    expect(readProfileFile(path)).toEqual(fault('not-found'));
    const circle = join(ccsDirectory, 'c.settings.json');
    symlinkSync(circle, circle);
    expect(readProfileFile(circle)).toEqual(fault('io'));
  });

  it('refuses a folder, and a file in what is no folder', () => {
    const { ccsDirectory, write } = emptyCcsHome();
    const path = join(ccsDirectory, 'b.settings.json');
    mkdirSync(path);
    expect(readProfileFile(path)).toEqual(fault('not-a-file'));
    expect(readProfileFile(join(write('file', ''), 'a.settings.json'))).toEqual(fault('not-found'));
  });

  it('does not wait for a FIFO', () => {
    const path = join(emptyCcsHome().ccsDirectory, 'b.settings.json');
    execFileSync('mkfifo', [path]);
    expect(readProfileFile(path)).toEqual(fault('not-a-file'));
  });

  it('does not read 50 MB', () => {
    const path = emptyCcsHome().write('a.settings.json', '');
    truncateSync(path, 50 * 1024 * 1024);
    expect(readProfileFile(path)).toEqual(fault('too-large'));
  });

  it('reads a file that tells no size', () => {
    expect(readProfileFile('/proc/self/status')).toMatchObject({ detail: 'not-json' });
  });
});
