import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { envOf, engineHome, must } from '../testing/engine-home.ts';
import { clientOf, tryService } from '../testing/service-home.ts';

describe('the service of a CCS directory', () => {
  it('syncs by itself, and tells of it', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    home.profile('one', envOf('one'));
    must(await tryService(home));
    const client = await clientOf(home);
    const states: string[] = [];
    client.subscribe('state', ({ targets }) => states.push(targets[0]?.state ?? ''));
    await expect.poll(home.readConfig).toContain('one-');
    home.profile('two', envOf('two'));
    await expect.poll(home.readConfig).toContain('two-');
    await expect.poll(() => states.at(-1)).toBe('in-sync');
  });

  it('is one at a time: a second one says where the first runs', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    must(await tryService(home, { host: 'serve' }));
    const second = await tryService(home);
    expect(second).toEqual({ ok: false, error: { code: 'service-runs', pid: process.pid, host: 'serve' } });
  });

  it('lets go of lock and socket when it ends, so that the next can start', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    const first = must(await tryService(home));
    const client = await clientOf(home);
    await Promise.all([first.close(), first.close()]);
    expect(readdirSync(first.folder).filter((name) => /socket|lock/.test(name))).toEqual([]);
    expect(await client.call('state.get', {})).toMatchObject({ ok: false, error: { code: 'service-gone' } });
    must(await tryService(home));
    expect((await (await clientOf(home)).call('state.get', {})).ok).toBe(true);
  });

  it('finishes what it was asked before it ends', async () => {
    const home = engineHome({ config: 'port: 8317\n' });
    home.write('config.yaml', 'cliproxy:\n  auto_sync: false\n');
    home.profile('one', envOf('one'));
    const service = must(await tryService(home));
    const answer = service.dispatch('sync.run', {
      only: null,
      accepted: false,
      dryRun: false,
      create: false,
      targetNamed: false,
      verify: false,
    });
    await service.close();
    expect(await answer).toMatchObject({ ok: true, value: { outcome: 'written' } });
    expect(home.readConfig()).toContain('one-');
    expect(await service.dispatch('state.get', {})).toMatchObject({
      ok: false,
      error: { code: 'service-gone' },
    });
    expect(existsSync(join(service.folder, 'socket'))).toBe(false);
  });
});
