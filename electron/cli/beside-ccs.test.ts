import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../shared/schema/status.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import {
  addHandWritten,
  HAND_WRITTEN,
  OURS,
  prefixesOf,
  sharedHome,
  syncWithCcs,
} from '../testing/beside-ccs.ts';
import { startRealProxy } from '../testing/real-proxy.ts';
import { needsCcs, needsProxy } from '../testing/requirements.ts';
import { cliReport, runCli } from '../testing/run-cli.ts';
import { brief } from '../testing/engine-home.ts';

const ccs = needsCcs();
const proxyProgram = needsProxy();

describe.skipIf(ccs === undefined)('beside the real CCS', () => {
  it('repairs what its sync undid, and brings back what it dropped of the user', async () => {
    const home = await sharedHome();
    addHandWritten(home);
    expect(await runCli(home.home, ['sync'])).toMatchObject({ code: 0 });
    expect(prefixesOf(home)).toEqual([...OURS, 'own']);

    const { ino } = statSync(home.configPath);
    await syncWithCcs(ccs ?? '', home);
    // If this fails, CCS has become better than it was, and its description should be looked at again.
    expect(statSync(home.configPath).ino).not.toBe(ino);
    expect(prefixesOf(home)).toEqual(['', '', '', '', '']);
    const status = await cliReport<StatusReport>(home.home, ['status']);
    expect(status.state).toBe('pending');

    const report = await cliReport<SyncReport>(home.home, ['sync']);
    expect(report.outcome).toBe('written');
    expect(brief(report.plan.operations).sort()).toEqual(
      ['albb', 'glm', 'km', 'my.custom-1', 'openrouter'].map((name) => `update ${name}`),
    );
    expect(report.plan.operations.every(({ why }) => why === 'drift')).toBe(true);
    expect(prefixesOf(home)).toEqual(OURS);
    expect(await cliReport<SyncReport>(home.home, ['sync'])).toMatchObject({ outcome: 'in-sync' });

    const restored = await runCli(home.home, ['history', 'restore']);
    expect(restored).toMatchObject({ code: 0 });
    expect(restored.stdout).toMatch(/^1 entry brought back/);
    expect(prefixesOf(home)).toEqual([...OURS, 'own']);
    const text = readFileSync(home.configPath, 'utf8');
    for (const line of HAND_WRITTEN.trimEnd().split('\n').slice(1)) expect(text).toContain(line.trim());
    expect(await cliReport<SyncReport>(home.home, ['sync'])).toMatchObject({ outcome: 'in-sync' });
  });

  it('takes its next sync for drift again, as often as it comes', async () => {
    const home = await sharedHome();
    await runCli(home.home, ['sync']);
    const ours = readFileSync(home.configPath, 'utf8');
    for (let round = 0; round < 2; round++) {
      await syncWithCcs(ccs ?? '', home);
      expect(await runCli(home.home, ['sync'])).toMatchObject({ code: 0 });
      expect(readFileSync(home.configPath, 'utf8')).toBe(ours);
    }
  });
});

describe.skipIf(ccs === undefined || proxyProgram === undefined)(
  'beside the real CCS and a running proxy',
  () => {
    it('says that the proxy no longer watches the file, and then that it is deaf to a change', async () => {
      const home = await sharedHome();
      await runCli(home.home, ['sync']);
      const proxy = await startRealProxy(proxyProgram ?? '', home.configPath);
      expect(await cliReport<StatusReport>(home.home, ['status'])).toMatchObject({
        proxy: { state: 'loaded' },
      });
      await syncWithCcs(ccs ?? '', home);

      // What the proxy still has is what our sync makes of the file again.
      const repaired = await cliReport<SyncReport>(home.home, ['sync']);
      expect(repaired).toMatchObject({ outcome: 'written', proxy: { state: 'loaded', watching: false } });
      await expect
        .poll(async () => (await runCli(home.home, ['sync'])).stdout)
        .toMatch(/no longer watches it[^]*`ccs cliproxy restart`/);

      home.profile('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated-0123456789', ANTHROPIC_MODEL: 'glm-6' });
      expect(await runCli(home.home, ['sync'])).toMatchObject({ code: 3 });
      const said = await runCli(home.home, ['status']);
      expect(said.stdout).toMatch(/^5 profiles wait for the proxy\n[^]*`ccs cliproxy restart`/);
      await proxy.stop();
      await startRealProxy(proxyProgram ?? '', home.configPath);
      expect(await runCli(home.home, ['status'])).toMatchObject({ code: 0 });
    });
  },
);
