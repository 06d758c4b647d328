import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { readTargetText } from '../core/targets/target-text.ts';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf, filesBelow } from '../testing/engine-home.ts';
import { rounds } from '../testing/nightly.ts';

const ROUNDS = rounds(50, 200);
const NAMES = ['aa', 'bb', 'cc', 'dd', 'ee', 'ff'];

/** The target's entries as `prefix key`. */
function entriesOf({ configPath }: CliHome): string[] {
  const content = readTargetText(configPath, readFileSync(configPath), 'by-others');
  if (!content.ok) throw new Error(content.error.code);
  return content.value.entries.map(({ prefix, apiKey }) => `${prefix} ${apiKey}`);
}

describe('two syncs at once', () => {
  it(`lose nothing and fail never, ${ROUNDS} times with edits in between`, async () => {
    const home = await cliHome(NAMES);
    const keys = new Map(NAMES.map((name) => [name, String(envOf(name)['ANTHROPIC_AUTH_TOKEN'])]));
    await home.run(['sync']);
    const edit = (name: string, key: string): void => {
      keys.set(name, key);
      home.profile(name, envOf(name, { ANTHROPIC_AUTH_TOKEN: key }));
    };
    for (let round = 0; round < ROUNDS; round++) {
      const [one = '', other = ''] = [NAMES[round % NAMES.length], NAMES[(round + 2) % NAMES.length]];
      edit(one, `sk-test-one-${round}-0123456789`);
      const first = home.run(['sync']);
      edit(other, `sk-test-other-${round}-0123456789`);
      const second = home.run(['sync']);
      for (const { code, stdout, stderr } of await Promise.all([first, second])) {
        expect({ round, code, stdout, stderr }).toMatchObject({ code: 0, stderr: '' });
      }
      expect(entriesOf(home)).toEqual(NAMES.map((name) => `${name}- ${keys.get(name) ?? ''}`));
    }
    expect(await home.report<SyncReport>(['sync'])).toMatchObject({ outcome: 'in-sync' });
    expect(home.readConfig()).toMatch(/^# mine\n[^]*# where the logins are\ndebug: false\nclaude-api-key:\n/);
    for (const left of ['lock', 'journal', '.pending', '.tmp'])
      expect(filesBelow(home.home, left)).toEqual([]);
  });
});
