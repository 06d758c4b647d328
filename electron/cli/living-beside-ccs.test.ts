import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../shared/schema/status.ts';
import type { StateChange } from '../service/state-changes.ts';
import {
  addHandWritten,
  OURS,
  prefixesOf,
  sharedHome,
  startDashboard,
  syncWithCcs,
} from '../testing/beside-ccs.ts';
import type { ProxyHome } from '../testing/lay-proxy-home.ts';
import { startRealProxy } from '../testing/real-proxy.ts';
import type { RealProxy } from '../testing/run-proxy.ts';
import { needsCcs, needsProxy } from '../testing/requirements.ts';
import { cliReport, runCli } from '../testing/run-cli.ts';
import { runService } from '../testing/run-service.ts';
import { type Save, saveProfile } from '../testing/save-profile.ts';

const ccs = needsCcs();
const proxyProgram = needsProxy();
/** For how long edits go on, in milliseconds. CCS's dashboard syncs 3 s after each (7.79.1), and the next one waits for that. */
const EDITING_MS = 60_000;
const WITH_OWN = [...OURS, 'own'];

interface Beside {
  readonly home: ProxyHome;
  readonly proxy: RealProxy;
  readonly changes: () => readonly StateChange[];
}

/** `watch` beside a running proxy, on a home in which the user has an entry of their own. */
async function beside(): Promise<Beside> {
  const home = await sharedHome();
  const proxy = await startRealProxy(proxyProgram ?? '', home.configPath);
  // At its start it encodes the file anew, to hash the management key.
  await expect.poll(() => readFileSync(home.configPath, 'utf8')).toMatch(/secret-key: ["']?\$2a\$/);
  addHandWritten(home);
  const watch = await runService(home.home, ['watch', '--json']);
  await expect.poll(() => prefixesOf(home)).toEqual(WITH_OWN);
  const changes = (): readonly StateChange[] =>
    watch
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as StateChange);
  return { home, proxy, changes };
}

function rotate({ home }: Beside, { token, by }: { readonly token: string; readonly by: Save }): void {
  saveProfile(home, 'glm', { env: { ANTHROPIC_AUTH_TOKEN: token, ANTHROPIC_MODEL: 'glm-5' }, by });
}

function repairs({ changes }: Beside): readonly StateChange[] {
  return changes().filter((change) => change.kind === 'drift' && change.drift.by === 'ccs');
}

/** All of ours is in the file, with this token, and nothing was given up. */
async function isWon(world: Beside, token: string): Promise<void> {
  await expect.poll(() => prefixesOf(world.home)).toEqual(OURS);
  await expect.poll(() => readFileSync(world.home.configPath, 'utf8')).toContain(token);
  expect(world.changes().filter(({ kind }) => kind === 'fight')).toEqual([]);
  const status = await cliReport<StatusReport>(world.home.home, ['status']);
  expect(status).toMatchObject({ state: 'in-sync', proxy: { state: 'not-loaded', why: 'deaf' } });
  expect((await runCli(world.home.home, ['status'])).stdout).toContain('`ccs cliproxy restart`');
}

/** The advice about the proxy helps. */
async function hearsAgain({ home, proxy, changes }: Beside): Promise<void> {
  await proxy.stop();
  await startRealProxy(proxyProgram ?? '', home.configPath);
  const standing = (): string | undefined =>
    changes()
      .flatMap((change) => (change.kind === 'target' ? [change.target.state] : []))
      .at(-1);
  await expect.poll(standing).toBe('in-sync');
  expect(await runCli(home.home, ['status'])).toMatchObject({ code: 0 });
}

/** What CCS took of the user's comes back, and stays; a deaf proxy is told of by the exit code 3. */
async function comesBack({ home }: Beside, code: 0 | 3): Promise<void> {
  const restored = await runCli(home.home, ['history', 'restore']);
  expect(restored).toMatchObject({
    code,
    stdout: expect.stringMatching(/^1 entry brought back/) as string,
  });
  expect(prefixesOf(home)).toEqual(WITH_OWN);
  expect(await cliReport<StatusReport>(home.home, ['status'])).toMatchObject({ state: 'in-sync' });
}

describe.skipIf(ccs === undefined || proxyProgram === undefined)('`watch` beside the real CCS', () => {
  it('repairs each of its syncs and fights none', async () => {
    const world = await beside();
    let token = '';
    for (let round = 0; round < 3; round++) {
      token = `sk-test-beside-${round}-0123456789`;
      rotate(world, { token, by: round % 2 === 0 ? 'in-place' : 'rename' });
      await expect.poll(() => readFileSync(world.home.configPath, 'utf8')).toContain(token);
      await syncWithCcs(ccs ?? '', world.home);
      await expect.poll(() => repairs(world).length).toBe(round + 1);
    }
    await isWon(world, token);
    await hearsAgain(world);
    await comesBack(world, 0);
  });

  it('lives with its dashboard, which syncs after each save, for a minute of edits', async () => {
    const world = await beside();
    const dashboard = await startDashboard(ccs ?? '', world.home);
    const synced = (): number => dashboard().split('[auto-sync] Success').length - 1;
    // It says that it watches some time before it does.
    const begin = (): number => {
      if (synced() === 0) rotate(world, { token: 'sk-test-noticed-0123456789', by: 'in-place' });
      return synced();
    };
    await expect.poll(begin, { interval: 6000 }).toBe(1);
    let token = '';
    const untilMs = Date.now() + EDITING_MS;
    for (let edit = 1; Date.now() < untilMs; edit++) {
      const before = synced();
      token = `sk-test-dashboard-${edit}-0123456789`;
      // It overlooks some saves that are renames.
      rotate(world, { token, by: 'in-place' });
      await expect.poll(synced).toBeGreaterThan(before);
      await expect.poll(() => prefixesOf(world.home)).toEqual(OURS);
    }
    expect(repairs(world).length).toBeGreaterThan(0);
    await isWon(world, token);
    await comesBack(world, 3);
  });
});
