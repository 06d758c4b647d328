/**
 * The configuration of the real packages (electron-builder.yml), for the Electron that the tests have. Environment:
 * TEST_ELECTRON_DIST, TEST_ELECTRON_VERSION, TEST_PACKAGE_OUT, and TEST_INSPECTOR=1 for a build that Playwright may
 * drive. Electron before 28 gets the shim in front of main, and before 29 it lacks a fuse (docs/decisions/0008).
 */
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { parse } = require('yaml');

const { TEST_ELECTRON_DIST, TEST_ELECTRON_VERSION, TEST_PACKAGE_OUT, TEST_INSPECTOR, TEST_DEB_COMPRESSION } =
  process.env;
const config = parse(readFileSync(join(__dirname, '../../../electron-builder.yml'), 'utf8'));
const major = Number(TEST_ELECTRON_VERSION.split('.')[0]);

config.electronDist = TEST_ELECTRON_DIST;
config.electronVersion = TEST_ELECTRON_VERSION;
config.directories.output = TEST_PACKAGE_OUT;
if (major < 29) delete config.electronFuses.grantFileProtocolExtraPrivileges;
if (major < 28) {
  config.files.push(
    { from: resolve(__dirname), to: '.', filter: ['main-with-shim.cjs'] },
    { from: resolve(__dirname, '..'), to: '.', filter: ['electron22-shim.cjs'] },
  );
  config.extraMetadata = { ...config.extraMetadata, main: 'main-with-shim.cjs' };
}
// Tests would rather have a package soon than a small one.
if (TEST_DEB_COMPRESSION) config.deb.compression = TEST_DEB_COMPRESSION;
if (TEST_INSPECTOR === '1') config.electronFuses.enableNodeCliInspectArguments = true;

module.exports = config;
