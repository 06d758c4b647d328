import { homedir } from 'node:os';
import { createCore } from '../core/core.ts';
import { systemClock } from '../core/support/clock.ts';

const core = createCore({ env: process.env, homedir: homedir(), platform: process.platform, clock: systemClock() });
if (!core.ok) throw new Error(core.error.code);
const [command] = process.argv.slice(2);
const dry = process.argv.includes('--dry-run');
const run = async () => {
  const c = core.value;
  const cr = { dryRun: dry, accepted: process.argv.includes('--yes') };
  if (command === 'undo') return c.undo(null, cr);
  if (command === 'first') return c.restoreFirst(cr);
  if (command === 'lost') return c.restoreLost(null, cr);
  if (command === 'release') return c.release('remove', cr);
  return c.sync({ only: null, ...cr, create: process.argv.includes('--create'), targetNamed: false, verify: true });
};
void run().then((r) => console.log(JSON.stringify(r, null, 1)));
