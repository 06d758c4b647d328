import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import type { ElectronProgram } from '../../testing/desktop-requirements.ts';
import { APP } from '../app-folder.ts';

const CONFIG = fileURLToPath(new URL('./config.cjs', import.meta.url));
const BUILDER = createRequire(import.meta.url).resolve('electron-builder/cli.js');
const EXECUTABLE = 'cliproxy-sync-desktop';

export interface PackageRequest {
  readonly electron: ElectronProgram;
  readonly out: string;
  /** `inspectable`: with the one fuse that Playwright needs; else as it is released. */
  readonly build: 'released' | 'inspectable';
  readonly target: 'dir' | 'deb';
  readonly env?: Readonly<Record<string, string>>;
}

/** What electron-builder.yml says of fuses. */
export function wantedFuses(): Readonly<Record<string, boolean>> {
  const text = readFileSync(new URL('../../../electron-builder.yml', import.meta.url), 'utf8');
  return (parse(text) as { readonly electronFuses: Record<string, boolean> }).electronFuses;
}

/** Packages the program under test as electron-builder.yml says; gives the path of the unpacked program. */
export async function packageApp({ electron, out, build, target, env }: PackageRequest): Promise<string> {
  const words = ['--linux', target, '--projectDir', APP, '--config', CONFIG, '--publish', 'never'];
  await promisify(execFile)(process.execPath, [BUILDER, ...words], {
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      TEST_ELECTRON_DIST: electron.distFolder,
      TEST_ELECTRON_VERSION: electron.version,
      TEST_PACKAGE_OUT: out,
      TEST_INSPECTOR: build === 'inspectable' ? '1' : '0',
      ...env,
    },
    maxBuffer: 16 * 1024 * 1024,
  });
  return join(out, 'linux-unpacked', EXECUTABLE);
}
