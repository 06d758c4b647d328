import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inPath } from '../testing/desktop-requirements.ts';
import { requires } from '../testing/requirements.ts';
import { expect, test } from './desktop-test.ts';
import { packageApp } from './packaging/packages.ts';

const fpm = process.env['CUSTOM_FPM_PATH'] ?? '';

test('the Debian package brings the program, its menu entry and its icons', async ({ machine, folder }) => {
  const how = 'Set CUSTOM_FPM_PATH to fpm, or to a program that takes its place, on a system with dpkg-deb.';
  test.skip(
    !requires({ name: 'fpm and dpkg-deb', met: existsSync(fpm) && inPath('dpkg-deb') !== undefined, how }),
  );
  test.setTimeout(180_000);
  if (machine === null) throw new Error('no Electron');
  const out = join(folder, 'out');
  const env = { CUSTOM_FPM_PATH: fpm, TEST_DEB_COMPRESSION: 'gz' };
  await packageApp({ electron: machine, out, build: 'released', target: 'deb', env });
  const name = readdirSync(out).find((file) => file.endsWith('.deb')) ?? '';
  expect(name).toMatch(/^cliproxy-sync-\d+\.\d+\.\d+-linux-amd64\.deb$/);
  const control = execFileSync('dpkg-deb', ['--field', join(out, name)], { encoding: 'utf8' });
  expect(control).toMatch(/^Package: cliproxy-sync$/m);
  expect(control).toMatch(/^Depends: .*libgtk-3-0/m);
  expect(control).toMatch(/^License: MIT$/m);

  const root = join(folder, 'root');
  mkdirSync(root);
  execFileSync('dpkg-deb', ['--extract', join(out, name), root]);
  const entry = readFileSync(join(root, 'usr/share/applications/cliproxy-sync-desktop.desktop'), 'utf8');
  expect(entry).toMatch(/^Name=CLIProxy Sync$/m);
  expect(entry).toMatch(/^Categories=Development;$/m);
  const [, quoted, plain] = /^Exec=(?:"([^"]+)"|(\S+))/m.exec(entry) ?? [];
  const program = quoted ?? plain ?? '';
  expect(program).toMatch(/\/cliproxy-sync-desktop$/);
  expect(existsSync(join(root, program))).toBe(true);
  expect(existsSync(join(root, program, '../resources/app.asar'))).toBe(true);
  for (const size of ['16x16', '48x48', '256x256', '512x512'])
    expect(
      existsSync(join(root, 'usr/share/icons/hicolor', size, 'apps/cliproxy-sync-desktop.png')),
      size,
    ).toBe(true);
});
