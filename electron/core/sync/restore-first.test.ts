import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ACCEPTED,
  ccsEntry,
  ccsSection,
  CHANGE,
  engineHome,
  type EngineHome,
  envOf,
  must,
} from '../../testing/engine-home.ts';

const FOREIGN = '  - api-key: theirs\n    prefix: own\n    priority: 5 # five\n';
const CONFIG = `port: 1 # one\nhost: ""\n${ccsSection([ccsEntry('one')])}${FOREIGN}`;

/** Synced twice, with `one` adopted and `two` added and rotated. */
async function synced(): Promise<EngineHome> {
  const home = engineHome({ config: CONFIG });
  for (const name of ['one', 'two']) home.profile(name, envOf(name));
  await home.sync();
  home.profile('two', envOf('two', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated' }));
  await home.sync();
  return home;
}

const LOSSES = [
  { what: 'a changed value', from: 'host: ""', to: 'host: "127.0.0.1"', outside: ['host', 'changed'] },
  { what: 'a new key', from: 'host: ""', to: 'host: ""\ndebug: true', outside: ['debug', 'removed'] },
  { what: 'the removal of a key', from: 'host: ""\n', to: '', outside: ['host', 'added'] },
  { what: 'a comment', from: 'host: ""', to: '# mine\nhost: ""', outside: ['#', 'changed'] },
  {
    what: 'a comment at the end of a line',
    from: 'host: ""',
    to: 'host: "" # all',
    outside: ['#', 'changed'],
  },
  {
    what: 'a value in a foreign entry',
    from: 'priority: 5',
    to: 'priority: 7',
    outside: ['claude-api-key', 'changed'],
  },
  {
    what: 'a foreign entry',
    from: FOREIGN,
    to: `${FOREIGN}  - api-key: new\n`,
    outside: ['claude-api-key', 'changed'],
  },
  {
    what: 'a field of the user’s in our entry',
    from: '    prefix: "two-"\n',
    to: '    prefix: "two-"\n    headers: {X: y}\n',
    outside: ['claude-api-key', 'changed'],
  },
  { what: 'what can’t be read as YAML', from: 'host: ""', to: 'host: [', outside: ['*', 'changed'] },
] as const;

describe('restoring the bytes from before the first sync', () => {
  it('needs no word where nobody else changed the file, and holds every profile', async () => {
    const home = await synced();
    const report = must(await home.core.restoreFirst(CHANGE));
    expect(report).toMatchObject({
      outcome: 'done',
      how: 'whole',
      undoes: 0,
      held: ['one', 'two'],
      outside: [],
      operations: [
        { op: 'update', profile: 'one', diff: [{ field: 'prefix', after: null }] },
        { op: 'remove', profile: 'two' },
      ],
    });
    expect(home.readConfig()).toBe(CONFIG);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one', 'two'] } });
    expect(must(await home.core.restoreFirst(CHANGE))).toMatchObject({ outcome: 'nothing' });
    expect(await home.core.undo(null, CHANGE)).toEqual({ ok: false, error: { code: 'nothing-to-undo' } });
  });

  it.each(LOSSES)('asks where it would lose $what', async ({ from, to, outside: [key, change] }) => {
    const home = await synced();
    const changed = home.readConfig().replace(from, to);
    expect(changed).not.toBe(home.readConfig());
    home.writeConfig(changed);
    expect(must(await home.core.restoreFirst(CHANGE))).toMatchObject({
      outcome: 'needs-consent',
      outside: [{ key, change }],
    });
    expect(home.readConfig()).toBe(changed);
    expect(must(await home.core.restoreFirst(ACCEPTED))).toMatchObject({ outcome: 'done' });
    expect(home.readConfig()).toBe(CONFIG);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
  });

  it('holds the profiles also where somebody else has already put the first bytes back', async () => {
    const home = await synced();
    home.writeConfig(CONFIG);
    expect(must(await home.core.restoreFirst(CHANGE))).toMatchObject({ outcome: 'done', record: null });
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: ['one', 'two'] } });
  });

  it('can be undone, whole or entry by entry', async () => {
    const home = await synced();
    const last = home.readConfig();
    await home.core.restoreFirst(CHANGE);
    expect(must(await home.core.undo(3, CHANGE))).toMatchObject({ how: 'whole', undoes: 3 });
    expect(home.readConfig()).toBe(last);
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: [] } });

    await home.core.restoreFirst(CHANGE);
    home.writeConfig(`# new\n${home.readConfig()}`);
    expect(must(await home.core.undo(5, CHANGE))).toMatchObject({
      how: 'entries',
      undoes: 5,
      changedSince: [],
    });
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', plan: { held: [] } });
    expect(home.readConfig()).toContain('sk-test-rotated');
    expect(home.readConfig().match(/api-key: /g)).toHaveLength(3);
  });

  it('is about the very first sync, whatever was pruned, purged or retried since', async () => {
    const home = engineHome({ config: CONFIG });
    home.profile('one', envOf('one'));
    await home.sync();
    must(await home.core.purgeHistory(false));
    rmSync(join(home.ccsDirectory, 'one.settings.json'));
    await home.sync();
    expect(home.readConfig()).not.toContain('sk-test-canary-one');
    must(await home.core.restoreFirst(CHANGE));
    expect(home.readConfig()).toBe(CONFIG);
  });

  it('is impossible once these bytes were purged: later ones do not pass for them', async () => {
    const home = await synced();
    expect(must(await home.core.purgeHistory(true))).toBe(3);
    home.profile('new', envOf('new'));
    await home.sync();
    expect(must(await home.core.history())).toMatchObject({ first: false, records: [{ id: 3 }] });
    expect(await home.core.restoreFirst(ACCEPTED)).toEqual({ ok: false, error: { code: 'nothing-to-undo' } });
  });
});
