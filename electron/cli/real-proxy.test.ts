import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StatusReport } from '../../shared/schema/status.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { CLIENT_KEY } from '../testing/lay-proxy-home.ts';
import { proxyHome } from '../testing/proxy-home.ts';
import { startRealProxy } from '../testing/real-proxy.ts';
import { needsProxy } from '../testing/requirements.ts';
import { cliReport, runCli } from '../testing/run-cli.ts';
import { startUpstream } from '../testing/upstream.ts';

const program = needsProxy();
const ROUNDS = 10;

function glm(baseUrl: string, token: string): Record<string, string> {
  return { ANTHROPIC_BASE_URL: baseUrl, ANTHROPIC_AUTH_TOKEN: token, ANTHROPIC_MODEL: 'glm-5' };
}

/**
 * Adds an entry as a user would, in place, to the file as the server left it: at its start it replaces a plain
 * `secret-key` by its hash and so encodes the whole file anew.
 */
async function addHandWrittenEntry(configPath: string, baseUrl: string): Promise<string> {
  await expect.poll(() => readFileSync(configPath, 'utf8')).toMatch(/secret-key: ["']?\$2a\$/);
  const text = readFileSync(configPath, 'utf8');
  const indent = /^claude-api-key:\n( *)- /m.exec(text)?.[1] ?? '';
  const lines = [
    '# mine, do not touch',
    '- api-key: "sk-test-hand-written"   # a comment at the end',
    "  prefix: 'own'",
    `  base-url: ${baseUrl}`,
    '  priority: 7',
    '  headers: { X-Team: blue }',
    '  models:',
    '    - {name: hand-model, alias: ""}',
  ];
  const entry = lines.map((line) => `${indent}${line}\n`).join('');
  writeFileSync(configPath, text.replace('claude-api-key:\n', `claude-api-key:\n${entry}`));
  return entry;
}

describe.skipIf(program === undefined)('a home made by the real CCS, beside the real CLIProxyAPI', () => {
  it('serves what the profiles say, round after round, without a restart', async () => {
    const upstream = await startUpstream();
    const { home, ccsDirectory, configPath, profile } = await proxyHome();
    const proxy = await startRealProxy(program ?? '', configPath);
    const handWritten = await addHandWrittenEntry(configPath, upstream.url);

    for (let round = 1; round <= ROUNDS; round++) {
      for (const token of [`sk-test-new-${round}-0123456789`, `sk-test-rotated-${round}-0123456789`]) {
        profile('glm', glm(upstream.url, token));
        const report = await cliReport<SyncReport>(home, ['sync']);
        expect(report).toMatchObject({
          outcome: 'written',
          proxy: { state: 'loaded', by: 'management-api' },
        });
        expect(await proxy.request('glm-/glm-5', CLIENT_KEY)).toMatchObject({ status: 200 });
        expect(upstream.requests.at(-1)).toMatchObject({ authorization: `Bearer ${token}`, model: 'glm-5' });
      }

      rmSync(join(ccsDirectory, 'glm.settings.json'));
      const removal = await cliReport<SyncReport>(home, ['sync']);
      expect(removal.plan.operations).toMatchObject([{ op: 'remove', profile: 'glm' }]);
      expect(removal.proxy).toMatchObject({ state: 'loaded' });
      expect(await proxy.request('glm-/glm-5', CLIENT_KEY)).toMatchObject({ status: 400 });

      expect(await proxy.request('own/hand-model', CLIENT_KEY)).toMatchObject({ status: 200 });
      expect(upstream.requests.at(-1)).toMatchObject({ authorization: 'Bearer sk-test-hand-written' });
      expect(readFileSync(configPath, 'utf8')).toContain(handWritten);
    }
    expect(await runCli(home, ['sync'])).toMatchObject({ code: 0 });
  });

  it('shows a proxy that a rename made deaf as that, with the next step, and stops saying so after a restart', async () => {
    const upstream = await startUpstream();
    const { home, configPath, profile } = await proxyHome();
    const proxy = await startRealProxy(program ?? '', configPath);
    profile('glm', glm(upstream.url, 'sk-test-first-0123456789'));
    expect(await runCli(home, ['sync'])).toMatchObject({ code: 0 });

    writeFileSync(`${configPath}.new`, readFileSync(configPath));
    renameSync(`${configPath}.new`, configPath);
    profile('glm', glm(upstream.url, 'sk-test-second-0123456789'));
    const deaf = await runCli(home, ['sync']);
    expect(deaf.code).toBe(3);
    expect(deaf.stdout).toMatch(/restart/i);
    const status = await cliReport<StatusReport>(home, ['status']);
    expect(status.proxy).toMatchObject({ state: 'not-loaded', why: 'deaf' });

    await proxy.stop();
    await startRealProxy(program ?? '', configPath);
    const after = await cliReport<StatusReport>(home, ['status']);
    expect(after.proxy).toMatchObject({ state: 'loaded' });
  });
});
