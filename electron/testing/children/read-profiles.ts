/**
 * Discovers the profiles of a CCS directory and prints what it found, for tests that do so as another user: root
 * reads everything.
 */
import { discoverProfiles } from '../../core/profiles/discover-profiles.ts';
import { systemClock } from '../../core/support/clock.ts';

const ccsDirectory = process.argv[2] ?? '';

void discoverProfiles({
  ccsDirectory,
  homedir: null,
  env: {},
  clock: systemClock(),
  lastRegistry: null,
  owned: [],
}).then((result) => {
  console.log(JSON.stringify(result));
});
