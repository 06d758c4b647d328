import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyCcsHome, fixtureCcsHome } from '../../testing/ccs-home.ts';
import type { CcsHome } from '../../testing/lay-ccs-home.ts';
import { needsCcs } from '../../testing/requirements.ts';
import { systemClock } from '../support/clock.ts';
import { setCcsAutoSync } from './ccs-auto-sync.ts';
import { createProfileStore, type ProfileStore } from './profile-store.ts';

const ccsProgram = needsCcs();
const KEY = 'sk-test-canary-0123456789';
/** What our stand-in for Claude Code prints of what CCS starts it with. */
const CLAUDE = `#!/bin/sh\necho "STARTED model=$ANTHROPIC_MODEL url=$ANTHROPIC_BASE_URL key=$ANTHROPIC_AUTH_TOKEN"\n`;

/** Runs the real CCS on a home of the test's own; gives all that it printed. */
function runCcs({ home }: CcsHome, words: readonly string[]): Promise<string> {
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'claude'), CLAUDE, { mode: 0o755 });
  const child = spawn(process.execPath, [ccsProgram ?? '', ...words], {
    cwd: home,
    env: {
      PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: home,
      BROWSER: 'true',
      NO_COLOR: '1',
      CCS_CLAUDE_PATH: join(bin, 'claude'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}

function storeOf({ home, ccsDirectory }: CcsHome): ProfileStore {
  const stateFolder = join(home, 'state');
  const platform = process.platform;
  return createProfileStore({
    env: {},
    homedir: home,
    platform,
    clock: systemClock(),
    ccsDirectory,
    stateFolder,
  });
}

describe.skipIf(ccsProgram === undefined)('with the real CCS', () => {
  it.each([
    ['a home that it made', fixtureCcsHome],
    ['a home where it never ran', emptyCcsHome],
  ])('a created profile starts Claude in %s', async (_home, makeHome) => {
    const home = makeHome();
    const store = storeOf(home);
    const request = {
      name: 'made.1',
      preset: 'deepseek',
      resource: null,
      fields: { key: KEY },
      target: null,
    };
    expect((await store.create(request)).ok).toBe(true);
    const started = `STARTED model=deepseek-chat url=https://api.deepseek.com/anthropic key=${KEY}`;
    expect(await runCcs(home, ['made.1', '-p', 'hi'])).toContain(started);
    expect((await store.rename({ name: 'made.1', to: 'renamed' })).ok).toBe(true);
    expect(await runCcs(home, ['renamed', '-p', 'hi'])).toContain(started);
    expect(await runCcs(home, ['made.1', '-p', 'hi'])).not.toContain('STARTED');
  });

  it('reads its settings after each of our edits, and keeps what we wrote when it writes them itself', async () => {
    const home = fixtureCcsHome();
    const store = storeOf(home);
    const ours = {
      name: 'ours',
      preset: null,
      resource: null,
      fields: { key: KEY, baseUrl: 'https://x.test', model: 'm' },
      target: null,
    };
    expect((await store.create(ours)).ok).toBe(true);
    expect((await store.duplicate({ name: 'hf', to: 'hf2' })).ok).toBe(true);
    expect((await store.remove('km')).ok).toBe(true);
    expect(
      await setCcsAutoSync({ ccsDirectory: home.ccsDirectory, clock: systemClock() }, false),
    ).toMatchObject({ ok: true });
    const list = await runCcs(home, ['api', 'list']);
    expect(list).toContain('ours');
    expect(list).toContain('hf2');
    expect(list).not.toMatch(/\bkm\b/);
    await runCcs(home, ['api', 'remove', 'glm', '--yes']);
    const text = readFileSync(join(home.ccsDirectory, 'config.yaml'), 'utf8');
    expect(text).not.toContain('glm.settings.json');
    expect(text).toMatch(/ {2}ours:\n {4}type: api\n {4}settings: ~\/\.ccs\/ours\.settings\.json\n/);
    expect(text).toMatch(/ {2}hf2:\n(?: {4}.*\n)* {4}target: droid\n/);
    expect(text).toContain('auto_sync: false');
  });
});
