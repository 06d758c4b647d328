import { describe, expect, it } from 'vitest';
import { profile } from '../../electron/testing/glance-profiles.ts';
import { remote } from '../../electron/testing/remote-states.ts';
import type { ProfileStanding } from '../../shared/schema/state.ts';
import { differingServers, standingsOf } from './server-standings.ts';

const GLM = profile('glm');
const GONE = { code: 'unreachable', reason: 'ECONNREFUSED' } as const;

function server(
  id: string,
  standing: Omit<ProfileStanding, 'name'> | null,
  over: Parameters<typeof remote>[1] = {},
) {
  return remote(id, { ...over, profiles: standing === null ? [] : [{ name: 'glm', ...standing }] });
}

describe('where a profile stands', () => {
  it('is unknown on a server that never told of it', () => {
    expect(standingsOf(GLM, [server('office', null)])[0]?.standing).toBeNull();
  });

  it('is only remembered of a server that is away', () => {
    const away = server('office', { state: 'synced', reason: null }, { fault: GONE, state: 'offline' });
    expect(standingsOf(GLM, [away])[0]?.isRemembered).toBe(true);
    expect(standingsOf(GLM, [server('home', { state: 'synced', reason: null })])[0]?.isRemembered).toBe(
      false,
    );
  });
});

describe('the marker of a profile in the list', () => {
  it.each<[string, Omit<ProfileStanding, 'name'>, boolean]>([
    ['waits there', { state: 'pending', reason: null }, true],
    ['is held there', { state: 'held', reason: null }, true],
    [
      'has its prefix taken there',
      { state: 'skipped', reason: { code: 'prefix-taken', prefix: 'glm-', line: 3 } },
      true,
    ],
    ['stands as it does here', { state: 'synced', reason: null }, false],
    ['was not chosen for it', { state: 'skipped', reason: { code: 'not-chosen' } }, false],
  ])('tells of a server on which it %s: %j is %s', (_what, standing, differs) => {
    expect(differingServers(GLM, [server('office', standing)])).toHaveLength(differs ? 1 : 0);
  });

  it('is silent where it is skipped here and there alike', () => {
    const skipped = { state: 'skipped', reason: { code: 'placeholder' } } as const;
    expect(differingServers({ ...GLM, ...skipped, entry: null }, [server('office', skipped)])).toEqual([]);
  });
});
