import { describe, expect, it } from 'vitest';
import { brief, engineHome, envOf, must, stateOf } from '../../testing/engine-home.ts';

describe('excluding profiles', () => {
  it('takes the entry out with the next sync, and puts it back when the profile is taken in again', async () => {
    const home = engineHome({ config: 'port: 1\n' });
    home.profile('one', envOf('one'));
    home.profile('two', envOf('two'));
    await home.sync();
    const before = home.readConfig();
    expect(must(await home.core.exclude('add', ['two']))).toEqual({ excluded: ['two'] });
    expect(home.readConfig()).toBe(before);
    expect((await home.sync()).plan).toMatchObject({
      operations: [{ op: 'remove', profile: 'two', why: 'excluded' }],
      skipped: [{ profile: 'two', reason: { code: 'excluded' } }],
    });
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync' });
    expect(must(await home.core.exclude('remove', ['two']))).toEqual({ excluded: [] });
    expect(brief((await home.sync()).plan.operations)).toEqual(['add two']);
    expect(home.readConfig()).toBe(before);
  });

  it('works before the first sync, and lists the names sorted', async () => {
    const home = engineHome({ config: 'port: 1\n' });
    for (const name of ['one', 'two']) home.profile(name, envOf(name));
    await home.core.exclude('add', ['two']);
    await home.core.exclude('add', ['one', 'two']);
    expect(must(await home.core.excluded())).toEqual({ excluded: ['one', 'two'] });
    expect(await home.sync()).toMatchObject({ outcome: 'in-sync', syncable: 0 });
  });

  it('refuses a name that nothing is known of, and remembers none of the others', async () => {
    const home = engineHome({ config: 'port: 1\n' });
    home.profile('one', envOf('one'));
    const before = stateOf(home.home);
    const error = { code: 'unknown-profile', name: 'oen' };
    expect(await home.core.exclude('add', ['one', 'oen'])).toEqual({ ok: false, error });
    expect(await home.core.exclude('remove', ['oen'])).toEqual({ ok: false, error });
    expect(stateOf(home.home)).toEqual(before);
  });
});
