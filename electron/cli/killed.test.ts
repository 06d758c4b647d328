import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { temporaryPath } from '../core/files/temporary-file.ts';
import { readTargetText } from '../core/targets/target-text.ts';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { brief, envOf, filesBelow } from '../testing/engine-home.ts';
import { rounds } from '../testing/nightly.ts';
import { CLI } from '../testing/run-cli.ts';

const ROUNDS = rounds(20, 300);
const NAMES = ['aa', 'bb', 'cc', 'dd'];

/** Starts a sync and kills it after some time; resolves to whether it was killed before its end. */
async function killedSync({ home }: CliHome, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [CLI, 'sync'], { env: { HOME: home }, stdio: 'ignore' });
  const ended = new Promise<boolean>((resolve) =>
    child.once('exit', (_code, signal) => resolve(signal === 'SIGKILL')),
  );
  await sleep(afterMs);
  child.kill('SIGKILL');
  return ended;
}

function keysOf({ configPath }: CliHome): string[] {
  const content = readTargetText(configPath, readFileSync(configPath), 'by-others');
  if (!content.ok) throw new Error(content.error.code);
  return content.value.entries.map(({ prefix, apiKey }) => `${prefix} ${apiKey}`);
}

describe('a sync that is killed', () => {
  it(`leaves nothing that the next one does not bring in order, ${ROUNDS} times`, async () => {
    const home = await cliHome(NAMES);
    // A long file is written in more than one moment.
    home.writeConfig(`${home.readConfig()}${'# a line of the user\n'.repeat(5_000)}`);
    const rest = home.readConfig();
    const startedMs = Date.now();
    await home.run(['sync']);
    const wholeMs = Date.now() - startedMs;
    const ownFiles = readdirSync(dirname(home.configPath));
    const keys = new Map(NAMES.map((name) => [name, String(envOf(name)['ANTHROPIC_AUTH_TOKEN'])]));
    const wanted = (): string[] => [...keys].map(([name, key]) => `${name}- ${key}`);
    const rotate = (name: string, key: string): void => {
      keys.set(name, key);
      home.profile(name, envOf(name, { ANTHROPIC_AUTH_TOKEN: key }));
    };
    let killed = 0;
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of NAMES) rotate(name, `sk-test-${name}-${round}-${'x'.repeat(round % 7)}-0123456789`);
      // The first part of the time Node starts; the moments that matter come later.
      if (await killedSync(home, wholeMs * (0.3 + 0.7 * Math.random()))) killed += 1;

      const next = await home.run(['sync']);
      expect({ round, ...next }).toMatchObject({ code: 0, stderr: '' });
      expect(keysOf(home)).toEqual(wanted());
      expect(home.readConfig().startsWith(rest)).toBe(true);
      for (const left of ['lock', 'journal', '.tmp']) expect(filesBelow(home.home, left)).toEqual([]);
      expect(readdirSync(dirname(home.configPath))).toEqual(ownFiles);

      rotate('bb', `sk-test-after-${round}-0123456789`);
      const { plan } = await home.report<SyncReport>(['sync']);
      expect(brief(plan.operations)).toEqual(['update bb']);
      // A record may have been left without its last name until something is written again; it counted all the same.
      expect(filesBelow(home.home, '.pending')).toEqual([]);
      expect(keysOf(home)).toEqual(wanted());
    }
    expect(killed).toBeGreaterThan(0);
  });

  it('in the middle of a record leaves no old keys behind the next one, nor behind a purge', async () => {
    const home = await cliHome();
    await home.run(['sync']);
    const [record = ''] = filesBelow(home.stateFolder, '000001.record');
    const { pid } = spawnSync(process.execPath, ['--version']);
    const leftover = temporaryPath(record).replace(`.${process.pid}.`, `.${pid}.`);
    for (const words of [['sync'], ['history', 'purge']]) {
      writeFileSync(leftover, home.readConfig());
      expect(await home.run(words)).toMatchObject({ code: 0 });
      expect(existsSync(leftover)).toBe(false);
    }
  });
});
