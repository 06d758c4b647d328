import { type CcsHome, layCcsHome, layFixtureHome } from './lay-ccs-home.ts';
import { tempFolder } from './temp-folder.ts';

/** An empty CCS directory, removed when the test ends. */
export function emptyCcsHome(folderName = 'ccs-home-'): CcsHome {
  return layCcsHome(tempFolder(folderName));
}

/** A copy of the home that a real CCS left, with eight profiles of which five are syncable. */
export function fixtureCcsHome(folderName = 'ccs-home-'): CcsHome {
  return layFixtureHome(tempFolder(folderName));
}
