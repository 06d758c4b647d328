import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ACCEPTED,
  CHANGE,
  engineHome,
  type EngineHome,
  envOf,
  rewriteAsCcs,
} from '../../testing/engine-home.ts';
import { interruptedSync } from '../../testing/interrupted-sync.ts';

const CANARY = 'sk-test-canary-';

/** Everything that a caller, a log or a notification could get to see in the life of a home. */
async function lifeOf(home: EngineHome): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const see = async (answer: Promise<unknown>): Promise<void> => void seen.push(await answer);
  const rotate = (round: string): unknown =>
    home.profile('one', envOf('one', { ANTHROPIC_AUTH_TOKEN: `${CANARY}${round}-0123456789` }));

  await see(home.trySync({ dryRun: true }));
  await see(home.trySync());
  rotate('second');
  await see(home.trySync());
  home.writeConfig(home.readConfig().replace(`${CANARY}two`, `${CANARY}hand`));
  await see(home.trySync());
  rewriteAsCcs(home.configPath, [
    { key: `${CANARY}stranger`, baseUrl: `https://u:${CANARY}pass@h.test/?k=${CANARY}query`, models: ['m'] },
  ]);
  await see(home.trySync());
  await see(home.core.status());
  await see(home.core.doctor());
  await see(home.core.undo(null, CHANGE));
  home.writeConfig(`# x\n${home.readConfig()}`);
  await see(home.core.undo(2, CHANGE));
  await see(home.core.restoreLost(null, CHANGE));
  await see(home.core.restoreFirst(CHANGE));
  await see(home.core.restoreFirst(ACCEPTED));
  await see(home.core.history());
  await see(home.core.historyRecord(1));
  await see(home.trySync({ only: ['one', 'two'] }));
  await see(home.core.exclude('add', ['one']));
  await see(home.core.exclude('add', ['nobody']));
  await see(home.core.release('remove', CHANGE));
  await see(home.trySync({ targetNamed: true, accepted: true }));
  home.write('two.settings.json', `{"env": {"ANTHROPIC_AUTH_TOKEN": "${CANARY}broken`);
  await see(home.trySync());
  home.profile('three', envOf('three', { ANTHROPIC_AUTH_TOKEN: `${CANARY}new\nline` }));
  await see(home.trySync());
  home.writeConfig(`${home.readConfig()}\nbroken: [${CANARY}yaml\n`);
  for (const dryRun of [true, false]) await see(home.trySync({ dryRun }));
  await see(home.core.status());
  await see(home.core.doctor());
  return seen;
}

/** All our files, a record being its first line. */
function ourFiles(folder: string): { path: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      return {
        path,
        text: path.endsWith('.record') || path.endsWith('.pending') ? (text.split('\n')[0] ?? '') : text,
      };
    });
}

describe('keys', () => {
  it('are in no report, error, listing, ledger, home.json or record header', async () => {
    const home = engineHome({
      config: `api-keys: [${CANARY}client]\nport: 1\nclaude-api-key:\n- api-key: ${CANARY}mine\n`,
    });
    for (const name of ['one', 'two']) home.profile(name, envOf(name));
    const seen = await lifeOf(home);
    for (const answer of seen) expect(JSON.stringify(answer)).not.toContain(CANARY);
    const files = ourFiles(home.stateFolder);
    expect(files.length).toBeGreaterThan(8);
    expect(files.filter(({ text }) => text.includes(CANARY))).toEqual([]);
    // The bytes of old are there, so there was something to leak.
    const records = files.filter(({ path }) => path.endsWith('.record'));
    expect(records.some(({ path }) => readFileSync(path, 'utf8').includes(`${CANARY}second`))).toBe(true);
    expect(records.every(({ path }) => (statSync(path).mode & 0o077) === 0)).toBe(true);
  });

  it('are, of what a killed sync leaves, in the journal and the pending record only', async () => {
    const home = engineHome({ config: `port: 1\nclaude-api-key:\n- api-key: ${CANARY}mine\n` });
    home.profile('one', envOf('one'));
    const { journal } = await interruptedSync(home, 'half');
    const holding = ourFiles(home.stateFolder).filter(({ text }) => text.includes(CANARY));
    expect(holding.map(({ path }) => path)).toEqual([journal]);
    expect(statSync(journal).mode & 0o777).toBe(0o600);
    for (const answer of [await home.core.status(), await home.core.doctor(), await home.core.history()]) {
      expect(JSON.stringify(answer)).not.toContain(CANARY);
    }
    writeFileSync(journal, 'broken');
    expect(JSON.stringify(await home.trySync())).not.toContain(CANARY);
  });

  it('leave the disk when the history is purged', async () => {
    const home = engineHome({ config: 'port: 1\n' });
    home.profile('one', envOf('one'));
    await home.sync();
    rmSync(join(home.ccsDirectory, 'one.settings.json'));
    await home.sync();
    await home.core.purgeHistory(true);
    const texts = ourFiles(home.stateFolder).map(({ path }) => [basename(path), readFileSync(path, 'utf8')]);
    expect(texts.filter(([, text]) => text?.includes(CANARY))).toEqual([]);
  });
});
