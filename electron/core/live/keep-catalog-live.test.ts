import { describe, expect, it } from 'vitest';
import { must } from '../../testing/engine-home.ts';
import { stateWhere } from '../../testing/live-home.ts';
import { OFFICE_KEY, officeHome, officeIs } from '../../testing/office-home.ts';

const CHANNELS = ['antigravity', 'gemini', 'codex', 'claude', 'kimi', 'xai'];
const definitions = Object.fromEntries(CHANNELS.map((name) => [name, [{ id: `${name}-office` }]]));

describe('the catalog that a living service fetches from a server', () => {
  it('comes by itself once the server has its right key, which was sent wrong once', async () => {
    const wrong = { kind: 'typed', key: 'sk-test-management-wrong' } as const;
    const { server, live: begin } = await officeHome({ key: wrong }, ['glm'], { definitions });
    const live = begin();
    await stateWhere(live, officeIs('auth-failed'));
    expect(server.withKey()).toBe(1);
    for (let round = 0; round < 5; round += 1) {
      const refused = must(await live.refreshCatalog({ from: 'office' }));
      expect(refused.state).toMatchObject({ asks: { id: 'office' }, fault: 'refused' });
    }
    expect(server.withKey()).toBe(1);
    must(await live.updateTarget({ id: 'office', key: { kind: 'typed', key: OFFICE_KEY } }));
    const { catalog } = await stateWhere(live, (state) => state.catalog?.origin.kind === 'live');
    expect(catalog).toMatchObject({ origin: { from: 'office' }, fault: null });
  });

  it('opens the door to syncs where a person refreshed it with a key that is taken by now', async () => {
    const { server, live: begin } = await officeHome({}, ['glm'], { definitions });
    await server.setFault({ kind: 'wrong-key' });
    const live = begin();
    await stateWhere(live, officeIs('auth-failed'));
    await server.setFault(null);
    const refreshed = must(await live.refreshCatalog({ from: 'office', retryRefused: true }));
    expect(refreshed.state.fault).toBeNull();
    must(await live.sync({ target: 'office', only: null, accepted: false, ...PLAIN }));
    await stateWhere(live, officeIs('in-sync'));
  });
});

const PLAIN = { dryRun: false, create: false, targetNamed: false, verify: false };
