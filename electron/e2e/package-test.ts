import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsElectron } from '../testing/desktop-requirements.ts';
import { test as desktopTest } from './desktop-test.ts';
import { packageApp, type PackageRequest } from './packaging/packages.ts';

/** Packages the program; gives its path. Each build is made once. */
export type Packager = (build: PackageRequest['build']) => Promise<string>;

/** A test of packages; they are made by electron-builder from the Electron that is here. */
export const test = desktopTest.extend<object, { readonly packaged: Packager }>({
  packaged: [
    async ({}, use) => {
      const electron = needsElectron();
      const folder = mkdtempSync(join(tmpdir(), 'cliproxy-sync-package-'));
      const made = new Map<string, Promise<string>>();
      await use((build) => {
        if (electron === undefined) throw new Error('no Electron');
        const path =
          made.get(build) ?? packageApp({ electron, out: join(folder, build), build, target: 'dir' });
        made.set(build, path);
        return path;
      });
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export { expect } from '@playwright/test';
