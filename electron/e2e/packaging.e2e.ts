import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { APP } from './app-folder.ts';
import { expect, test } from './package-test.ts';
import { wantedFuses } from './packaging/packages.ts';

/** What @electron/fuses calls the fuses of electron-builder.yml. */
const FUSES: Readonly<Record<string, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
};

/** The bytes of the wire. */
const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);

test.describe('the packaged program', () => {
  test('has the fuses that the decision names', async ({ packaged, machine }) => {
    const wire = await getCurrentFuseWire(await packaged('released'));
    const known = Object.entries(wantedFuses()).filter(
      // Electron before 29 has no such fuse (docs/decisions/0008).
      ([name]) => name !== 'grantFileProtocolExtraPrivileges' || (machine?.major ?? 0) >= 29,
    );
    expect(known.length).toBeGreaterThanOrEqual(6);
    for (const [name, isOn] of known) {
      const option = FUSES[name];
      expect(option, name).toBeDefined();
      if (option !== undefined) expect(wire[option], name).toBe(isOn ? ON : OFF);
    }
  });

  test('holds what runs inside, and nothing else', async ({ packaged, machine }) => {
    const archive = join(dirname(await packaged('released')), 'resources', 'app.asar');
    const shim = (machine?.major ?? 0) < 28 ? ['/electron22-shim.cjs', '/main-with-shim.cjs'] : [];
    const renderer = readdirSync(join(APP, 'dist', 'renderer'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(APP.replace(/\/$/, '').length));
    const packed = listPackage(archive, { isPack: false }).filter((path) => /\.[^/]+$/.test(path));
    const [images, rest] = partition(packed, (path) =>
      /^\/dist\/icons\/(app|tray\/.*)\.(png|ico)$/.test(path),
    );
    const [chunks, others] = partition(rest, (path) => /^\/dist\/main[\w-]*\.cjs$/.test(path));
    expect(images.length).toBeGreaterThan(8);
    expect(chunks).toContain('/dist/main.cjs');
    expect([...others].sort()).toEqual(['/dist/preload.cjs', '/package.json', ...renderer, ...shim].sort());
  });
});

function partition<T>(
  all: readonly T[],
  isFirst: (one: T) => boolean,
): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
