import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { cliHome } from '../testing/cli-home.ts';
import { tempFolder } from '../testing/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** Packs what `npm run build` has made. */
async function pack(folder: string): Promise<Packed> {
  const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', words, { cwd: ROOT });
  const [packed] = JSON.parse(stdout) as Packed[];
  if (packed === undefined) throw new Error('npm packed nothing');
  return packed;
}

describe('the package', () => {
  it('holds the built program with what belongs to it, and no sources or tests', async () => {
    const { files, size } = await pack(tempFolder());
    const paths = files.map(({ path }) => path);
    for (const path of [
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'dist/cli.cjs',
      'docs/cli.md',
    ]) {
      expect(paths).toContain(path);
    }
    expect(
      paths.filter((path) => /\.ts$|test|fixture|node_modules|^electron|^shared|^\./.test(path)),
    ).toEqual([]);
    expect(size).toBeLessThan(2_000_000);
  });

  it('installs without a network, and runs from anywhere without anything beside it', async () => {
    const folder = tempFolder();
    const { filename } = await pack(folder);
    const prefix = join(folder, 'prefix');
    const options = [
      '--offline',
      '--no-audit',
      '--no-fund',
      '--cache',
      join(folder, 'cache'),
      '--prefix',
      prefix,
    ];
    await run('npm', ['install', '--global', ...options, join(folder, filename)]);
    const program = join(prefix, 'bin', 'cliproxy-sync');
    const home = await cliHome();
    const env = { PATH: process.env['PATH'] ?? '', HOME: home.home };
    const at = { env, cwd: folder };

    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect((await run(program, ['--version'], at)).stdout).toBe(`${version}\n`);
    // What it loads only when it is needed: the comparison with a hashed key, and YAML that is not plain.
    const hash = '$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy';
    home.writeConfig(`${home.readConfig()}remote-management:\n  secret-key: ${hash}\n`);
    const settings = readFileSync(join(home.ccsDirectory, 'config.yaml'), 'utf8');
    home.write('config.yaml', settings.replace('type: api', '"type": !!str api'));
    expect((await run(program, ['sync'], at)).stdout).toMatch(/^3 profiles synced\n/);
    expect((await run(program, ['status'], at)).stdout).toMatch(/^3 profiles are in sync/);
    expect(existsSync(join(prefix, 'lib', 'node_modules', 'cliproxy-sync', 'node_modules'))).toBe(false);
  });
});
