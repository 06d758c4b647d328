import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineHome, envOf } from '../../testing/engine-home.ts';

const LAYOUTS: readonly (readonly [string, string])[] = [
  ['no section', 'port: 1\n# end\n'],
  ['no section, no final line break', 'port: 1'],
  ['null', 'claude-api-key: null # none\nport: 1\n'],
  ['nothing after the colon', 'claude-api-key:\nport: 1\n'],
  ['nothing after the colon, last, no final line break', 'port: 1\nclaude-api-key:'],
  ['[]', 'port: 1\nclaude-api-key: []   # mine\n# after\n'],
  ['comments below', 'claude-api-key:\n  # - api-key: example\n\n# port\nport: 1\n'],
  ['CRLF', '# c\r\nport: 1\r\nclaude-api-key: []\r\nhost: ""'],
  ['others’ entries', 'claude-api-key:\n- {api-key: mine, prefix: own} # x\n# below\nport: 1\n'],
  ['a byte order mark and nothing else', '\uFEFF'],
];

describe('when the last profile goes', () => {
  it.each(LAYOUTS)('the section is byte for byte as it was: %s', async (_, config) => {
    const home = engineHome({ config });
    for (const name of ['one', 'two']) home.profile(name, envOf(name));
    expect(await home.sync()).toMatchObject({ outcome: 'written' });
    home.profile('one', envOf('one', { ANTHROPIC_EXTRA_MODELS: 'more,models' }));
    expect(await home.sync()).toMatchObject({ outcome: 'written' });
    for (const name of ['two', 'one']) {
      rmSync(join(home.ccsDirectory, `${name}.settings.json`));
      expect(await home.sync()).toMatchObject({ outcome: 'written' });
    }
    expect(home.readConfig()).toBe(config);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });
});
