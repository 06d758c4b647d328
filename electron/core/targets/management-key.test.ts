import { hashSync } from 'bcryptjs';
import { describe, expect, it } from 'vitest';
import { fittingManagementKey, managementKeyCandidates } from './management-key.ts';

describe('managementKeyCandidates', () => {
  it("puts the user's own first, then the environment's, then CCS's, then CCS's default", () => {
    const environment = { CLIPROXY_MANAGEMENT_KEY: 'from-env' };
    const candidates = managementKeyCandidates({ setting: 'own', environment, ccsSecret: 'secret' });
    expect(candidates).toEqual(['own', 'from-env', 'secret', 'ccs']);
  });

  it('leaves out blank and double ones', () => {
    const environment = { CLIPROXY_MANAGEMENT_KEY: ' ' };
    expect(managementKeyCandidates({ setting: null, environment, ccsSecret: 'ccs' })).toEqual(['ccs']);
  });
});

describe('fittingManagementKey', () => {
  it('finds that the API is off where the file names no secret-key', async () => {
    expect(await fittingManagementKey('', ['ccs'])).toEqual({ state: 'off' });
  });

  it('takes the first candidate that equals a plain secret-key', async () => {
    expect(await fittingManagementKey('plain', ['ccs', 'plain'])).toEqual({ state: 'fits', key: 'plain' });
  });

  it('takes none that only resembles it', async () => {
    expect(await fittingManagementKey('plain', ['Plain', 'plain ', 'plai'])).toEqual({ state: 'none-fits' });
  });

  it.each(['$2a$', '$2b$', '$2y$'])('takes the candidate that a %s hash was made of', async (version) => {
    const hash = version + hashSync('ccs', 4).slice(4);
    expect(await fittingManagementKey(hash, ['other', 'ccs'])).toEqual({ state: 'fits', key: 'ccs' });
  });

  it('never takes the hash itself for the key', async () => {
    const hash = hashSync('ccs', 4);
    expect(await fittingManagementKey(hash, [hash])).toEqual({ state: 'none-fits' });
  });

  it('takes no candidate that is only equal in the 72 bytes that bcrypt looks at', async () => {
    const key = 'k'.repeat(72);
    const hash = hashSync(key, 4);
    expect(await fittingManagementKey(hash, [`${key}longer`])).toEqual({ state: 'none-fits' });
    expect(await fittingManagementKey(hash, [key])).toEqual({ state: 'fits', key });
  });

  it.each([
    ['a cost that would take days', `$2a$31$${'a'.repeat(53)}`],
    ['a cost that bcrypt does not have', `$2a$02$${'a'.repeat(53)}`],
    ['a hash that is cut off', hashSync('ccs', 4).slice(0, 50)],
  ])('takes none where the hash has %s', async (_what, hash) => {
    expect(await fittingManagementKey(hash, ['ccs'])).toEqual({ state: 'none-fits' });
  });

  it('takes none that could not stand in a header', async () => {
    expect(await fittingManagementKey('schlüssel', ['schlüssel'])).toEqual({ state: 'none-fits' });
    expect(await fittingManagementKey('a\nb', ['a\nb'])).toEqual({ state: 'none-fits' });
  });
});
