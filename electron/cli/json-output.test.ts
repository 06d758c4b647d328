import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { DoctorReport } from '../../shared/schema/finding.ts';
import { HistoryEntry, HistoryReport } from '../../shared/schema/history.ts';
import { StatusReport } from '../../shared/schema/status.ts';
import { SyncReport } from '../../shared/schema/sync.ts';
import { UndoReport } from '../../shared/schema/undo.ts';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf } from '../testing/engine-home.ts';
import {
  ErrorEnvelope,
  ExcludeReport,
  ProfilesReport,
  PurgeReport,
  ReportEnvelope,
} from './json-envelope.ts';

/** Runs a command with `--json`, and holds what it prints against the schema: no field more, none less. */
async function reportOf(home: CliHome, words: readonly string[], schema: z.ZodMiniType): Promise<unknown> {
  const { code, stdout, stderr } = await home.run([...words, '--json']);
  expect(stderr, words.join(' ')).toBe('');
  const document: unknown = JSON.parse(stdout);
  const envelope = ReportEnvelope.parse(document);
  expect(envelope).toEqual(document);
  expect(envelope.exitCode).toBe(code);
  expect(schema.parse(envelope.report)).toEqual(envelope.report);
  return envelope.report;
}

async function errorOf(home: CliHome, words: readonly string[]): Promise<ErrorEnvelope> {
  const { code, stdout, stderr } = await home.run([...words, '--json']);
  expect(stderr, words.join(' ')).toBe('');
  const document: unknown = JSON.parse(stdout);
  const envelope = ErrorEnvelope.parse(document);
  expect(envelope).toEqual(document);
  expect(envelope.exitCode).toBe(code);
  expect(envelope.error.message).not.toBe('');
  return envelope;
}

/** A home in which much needs a word: skips of all kinds, foreign entries, risks. */
async function richHome(): Promise<CliHome> {
  const home = await cliHome();
  home.profile('no-token', { ANTHROPIC_API_KEY: 'sk-test-x' });
  home.profile('taken', envOf('taken'));
  home.profile('a.b', envOf('a.b'));
  home.profile('a-b', envOf('a-b'));
  home.profile('loop', { ANTHROPIC_AUTH_TOKEN: 'sk-test-client-0123456789' });
  home.profile(
    'slash',
    envOf('slash', { ANTHROPIC_BASE_URL: 'https://slash.test/v1/', ANTHROPIC_EXTRA_MODELS: 'glm-model' }),
  );
  home.write('half.settings.json', '{');
  const entry =
    '  - api-key: sk-test-mine\n    prefix: taken-\n    models: [{ name: glm-model }]\n    priority: 1\n';
  home.writeConfig(`${home.readConfig()}claude-api-key:\n${entry}`);
  return home;
}

describe('the JSON of --json', () => {
  it('is what the schemas say, all through a life', async () => {
    const home = await richHome();
    await reportOf(home, ['sync', '--dry-run'], SyncReport);
    await reportOf(home, ['status'], StatusReport);
    const synced = await reportOf(home, ['sync', '--verbose'], SyncReport);
    expect(synced).toMatchObject({ outcome: 'written', record: 1, proxy: { state: 'not-running' } });
    await reportOf(home, ['sync', '--strict'], SyncReport);
    await reportOf(home, ['profiles'], ProfilesReport);
    await reportOf(home, ['doctor'], DoctorReport);
    home.profile('glm', envOf('glm', { ANTHROPIC_MODEL: 'glm-6', ANTHROPIC_AUTH_TOKEN: 'short' }));
    await reportOf(home, ['sync'], SyncReport);
    await reportOf(home, ['history'], HistoryReport);
    await reportOf(home, ['history', 'show', '2'], HistoryEntry);
    await reportOf(home, ['undo', '--dry-run'], UndoReport);
    expect(await reportOf(home, ['undo'], UndoReport)).toMatchObject({ outcome: 'done', held: ['glm'] });
    await reportOf(home, ['status'], StatusReport);
    await reportOf(home, ['sync'], SyncReport);
    home.writeConfig(
      home.readConfig().replace('debug: false', 'debug: true').replace('    priority: 1\n', ''),
    );
    expect(await reportOf(home, ['history', 'restore'], UndoReport)).toMatchObject({ outcome: 'done' });
    expect(await reportOf(home, ['undo', 'first'], UndoReport)).toMatchObject({ outcome: 'needs-consent' });
    await reportOf(home, ['exclude', 'mm'], ExcludeReport);
    await reportOf(home, ['exclude'], ExcludeReport);
    await reportOf(home, ['release', '--keep', '--dry-run'], UndoReport);
    await reportOf(home, ['release', '--remove'], UndoReport);
    expect(await reportOf(home, ['sync'], SyncReport)).toMatchObject({ outcome: 'released' });
    expect(await reportOf(home, ['history', 'purge', '--first'], PurgeReport)).toEqual({ removed: 0 });
    await reportOf(home, ['history', 'purge'], PurgeReport);
    rmSync(home.configPath);
    expect(await reportOf(home, ['doctor'], DoctorReport)).toMatchObject({ checked: [] });
  });

  it.each([
    [['sync', 'nobody'], 2, 'unknown-profile'],
    [['sync', '--target', 'x'], 2, 'unknown-target'],
    [['history', 'show', '9'], 2, 'unknown-record'],
    [['undo'], 1, 'nothing-to-undo'],
    [['sync', '--force'], 2, 'usage'],
    [['snyc'], 2, 'usage'],
    [['release'], 2, 'usage'],
  ] as const)('is an error with its code for %j', async (words, exitCode, code) => {
    const home = await cliHome();
    expect(await errorOf(home, words)).toMatchObject({ exitCode, error: { code } });
  });

  it('is an error with its place for a target that is refused', async () => {
    const home = await cliHome();
    home.writeConfig('port: 1\nport: 2\n');
    const refused = {
      code: 'target-refused',
      path: home.configPath,
      refusal: { code: 'duplicate-key', line: 2 },
    };
    expect(await errorOf(home, ['sync'])).toMatchObject({ exitCode: 1, error: refused });
  });
});
