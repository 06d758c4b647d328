import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveCcsDirectory } from './ccs-directory.ts';

describe('the CCS directory', () => {
  it('is CCS_DIR where that is set', () => {
    const env = { CCS_DIR: '/a b/ü', CCS_HOME: '/c' };
    expect(resolveCcsDirectory(env, '/home/u')).toEqual({ ok: true, value: '/a b/ü' });
  });

  it('is .ccs in CCS_HOME where CCS_DIR is not set or blank', () => {
    expect(resolveCcsDirectory({ CCS_HOME: '/c' }, '/home/u')).toEqual({ ok: true, value: '/c/.ccs' });
    expect(resolveCcsDirectory({ CCS_DIR: ' ', CCS_HOME: '/c' }, null)).toEqual({
      ok: true,
      value: '/c/.ccs',
    });
  });

  it('is .ccs in the home otherwise', () => {
    expect(resolveCcsDirectory({}, '/home/u')).toEqual({ ok: true, value: '/home/u/.ccs' });
  });

  it('is absolute where the variable is not', () => {
    expect(resolveCcsDirectory({ CCS_DIR: 'here' }, null)).toEqual({ ok: true, value: resolve('here') });
  });

  it('is unknown without a home', () => {
    expect(resolveCcsDirectory({}, null)).toEqual({ ok: false, error: { code: 'no-home' } });
    expect(resolveCcsDirectory({ CCS_HOME: '' }, '')).toEqual({ ok: false, error: { code: 'no-home' } });
  });
});
