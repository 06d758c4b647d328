import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../shared/schema/status.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { parseLedger } from '../core/sync/ledger.ts';
import { readTargetText } from '../core/targets/target-text.ts';
import { ccsSettings, type CliHome, cliHome } from '../testing/cli-home.ts';
import { brief, envOf, filesBelow } from '../testing/engine-home.ts';
import { rounds } from '../testing/nightly.ts';
import { runService, spawnService } from '../testing/run-service.ts';
import { saveProfile } from '../testing/save-profile.ts';

const KILLS = rounds(10, 100);
const NAMES = ['aa', 'bb', 'cc', 'dd'];
const BETWEEN_SAVES_MS = 50;
/** A service starts, looks and writes, or has not come that far: the kill may meet any of it. */
const MOST_LIFE_MS = 3500;

interface Storm {
  /** Each profile's key as it was saved last. */
  readonly keys: ReadonlyMap<string, string>;
  /** Resolves when nothing is saved any more. */
  readonly end: () => Promise<void>;
}

/** Saves one profile after the other, in place and by renames, 20 a second. */
function storm(home: CliHome): Storm {
  const keys = new Map(NAMES.map((name) => [name, '']));
  let ended = false;
  const saving = (async () => {
    for (let count = 0; !ended; count++) {
      const name = NAMES[count % NAMES.length] ?? '';
      const key = `sk-test-${name}-${count}-${'x'.repeat(count % 7)}-0123456789`;
      keys.set(name, key);
      const env = envOf(name, { ANTHROPIC_AUTH_TOKEN: key });
      saveProfile(home, name, { env, by: count % 3 === 0 ? 'rename' : 'in-place' });
      await sleep(BETWEEN_SAVES_MS);
    }
  })();
  return {
    keys,
    end: async () => {
      ended = true;
      await saving;
    },
  };
}

function entriesOf({ configPath }: CliHome): string[] {
  const content = readTargetText(configPath, readFileSync(configPath), 'by-others');
  if (!content.ok) throw new Error(content.error.code);
  return content.value.entries.map(({ prefix, apiKey }) => `${prefix} ${apiKey}`).sort();
}

/** The profiles whose entries the ledger holds for ours. */
function ownedBy({ stateFolder }: CliHome): string[] {
  const ledgers = filesBelow(stateFolder, 'ledger.json').map((path) =>
    parseLedger(readFileSync(path, 'utf8')),
  );
  return ledgers.flatMap((ledger) => (ledger?.entries ?? []).map(({ profile }) => profile)).sort();
}

/** What a clean end leaves nothing of. */
function leftBelow(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => /(?:lock|socket|journal|\.pending|\.tmp|\.new)$/.test(path));
}

describe('`watch` that is killed during a storm of saves', () => {
  it(`goes on where it was when it is started again, ${KILLS} times`, async () => {
    const home = await cliHome(NAMES);
    home.write('config.yaml', ccsSettings(NAMES, home.port).replace('auto_sync: false', 'auto_sync: true'));
    // A long file is written in more than one moment.
    home.writeConfig(`${home.readConfig()}${'# a line of the user\n'.repeat(20_000)}`);
    const rest = home.readConfig();
    const ownFiles = readdirSync(dirname(home.configPath));
    let wrote = 0;
    const { keys, end } = storm(home);
    for (let kill = 0; kill < KILLS; kill++) {
      const before = home.readConfig();
      const service = spawnService(home.home, ['watch']);
      await sleep(200 + Math.random() * MOST_LIFE_MS);
      expect({ kill, code: await service.end('SIGKILL') }).toEqual({ kill, code: null });
      if (home.readConfig() !== before) wrote += 1;
    }
    await end();
    expect(wrote).toBeGreaterThan(0);

    const wanted = [...keys].map(([name, key]) => `${name}- ${key}`).sort();
    const last = await runService(home.home, ['watch']);
    await expect.poll(() => entriesOf(home)).toEqual(wanted);
    expect(await last.end('SIGTERM')).toBe(0);
    expect(entriesOf(home)).toEqual(wanted);
    expect(home.readConfig().startsWith(rest)).toBe(true);
    expect(leftBelow(home.home)).toEqual([]);
    expect(readdirSync(dirname(home.configPath))).toEqual(ownFiles);

    expect(ownedBy(home)).toEqual(NAMES);
    expect(await home.report<StatusReport>(['status'])).toMatchObject({ state: 'in-sync' });
    home.profile('bb', envOf('bb', { ANTHROPIC_AUTH_TOKEN: 'sk-test-after-0123456789' }));
    const { plan } = await home.report<SyncReport>(['sync']);
    expect(brief(plan.operations)).toEqual(['update bb']);
    expect(entriesOf(home)).toHaveLength(NAMES.length);
  });
});
