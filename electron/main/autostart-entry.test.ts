import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../testing/temp-folder.ts';
import { autostartEntry, isAutostartOn } from './autostart-entry.ts';
import { autostartPath, fileAutostarter } from './autostart-file.ts';

const execOf = (words: readonly string[]): string | undefined =>
  /^Exec=(.*)$/m.exec(autostartEntry(words))?.[1];

describe('the autostart file', () => {
  it.each([
    [['/opt/CLIProxy Sync/cliproxy-sync', '--hidden'], '"/opt/CLIProxy Sync/cliproxy-sync" "--hidden"'],
    [['/home/ana/50%/app'], '"/home/ana/50%%/app"'],
    [['/a"b'], String.raw`"/a\\"b"`],
    [['/a$b`c'], String.raw`"/a\\$b\\` + '`c"'],
    [['/a\\b'], String.raw`"/a\\\\b"`],
    [['/a\nb'], String.raw`"/a\nb"`],
  ])('quotes %j as the specification says', (words, exec) => {
    expect(execOf(words)).toBe(exec);
  });

  it.each([
    ['as we write it', autostartEntry(['/opt/app', '--hidden']), true],
    ['absent', '', false],
    ['hidden by a desktop', `${autostartEntry(['/opt/app'])}Hidden=true\n`, false],
    ['switched off by GNOME', autostartEntry(['/opt/app']).replace('enabled=true', 'enabled=false'), false],
    ['off only in another group', `${autostartEntry(['/opt/app'])}[Other]\nHidden=true\n`, true],
    ['with spaces and CRLF', '[Desktop Entry]\r\nExec = /opt/app\r\nHidden = false\r\n', true],
    ['without a program', '[Desktop Entry]\nExec=\n', false],
    ['no entry', 'Exec=/opt/app\n', false],
  ])('that is %s counts as on: %s %s', (_name, text, expected) => {
    expect(isAutostartOn(text)).toBe(expected);
  });

  it.each([
    [{}, '/home/ana/.config/autostart/cliproxy-sync.desktop'],
    [{ XDG_CONFIG_HOME: '/cfg' }, '/cfg/autostart/cliproxy-sync.desktop'],
    [{ XDG_CONFIG_HOME: 'cfg' }, '/home/ana/.config/autostart/cliproxy-sync.desktop'],
  ])('lies where XDG says with %o', (env, path) => {
    expect(autostartPath(env, '/home/ana')).toBe(path);
  });

  it('is written, read and removed', async () => {
    const path = join(tempFolder(), 'config', 'autostart', 'cliproxy-sync.desktop');
    const autostart = fileAutostarter(path, ['/opt/app', '--hidden']);
    expect(await autostart.get()).toBe(false);
    expect(await autostart.set(true)).toEqual({ ok: true, value: undefined });
    expect([await autostart.get(), readFileSync(path, 'utf8')]).toEqual([
      true,
      autostartEntry(['/opt/app', '--hidden']),
    ]);
    expect((await autostart.set(false)).ok && (await autostart.set(false)).ok).toBe(true);
    expect(await autostart.get()).toBe(false);
  });

  it('that can’t be written is told of', async () => {
    const path = join(tempFolder(), 'config', 'autostart', 'cliproxy-sync.desktop');
    mkdirSync(dirname(dirname(path)));
    writeFileSync(dirname(path), 'a file where the folder should be');
    const answer = await fileAutostarter(path, ['/opt/app']).set(true);
    expect(answer).toMatchObject({ ok: false, error: { code: 'state-unusable' } });
  });
});
