import { describe, expect, it } from 'vitest';
import { userDataFolder } from './user-data.ts';

const folder = (env: Record<string, string>): string => userDataFolder('/cfg', env);

describe('the desktop’s own folder', () => {
  it.each([{}, { CCS_DIR: '' }, { CCS_HOME: ' ' }])('is one for the usual CCS directory: %o', (env) => {
    expect(folder(env)).toBe('/cfg/cliproxy-sync/desktop');
  });

  it('is another one for each CCS directory that the environment names', () => {
    const some = [
      folder({ CCS_DIR: '/a' }),
      folder({ CCS_DIR: '/b' }),
      folder({ CCS_HOME: '/home/ana' }),
      folder({}),
    ];
    expect(new Set(some).size).toBe(4);
  });

  it('is the same one for the same directory, however it is named', () => {
    expect(folder({ CCS_DIR: '/home/ana/.ccs/' })).toBe(folder({ CCS_HOME: '/home/ana' }));
    expect(folder({ CCS_DIR: '/a', CCS_HOME: '/x' })).toBe(folder({ CCS_DIR: '/a' }));
  });
});
