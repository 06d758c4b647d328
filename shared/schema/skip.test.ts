import { describe, expect, it } from 'vitest';
import { SkipReason } from './skip.ts';
import { skipGroup } from './skip-group.ts';

describe('skip reasons', () => {
  it('ask something of the user unless the profile is not for this proxy', () => {
    const codes = SkipReason.def.options.map((option) => [...option.shape.code.def.values][0]);
    const notForThisProxy = codes.filter(
      (code) => code !== undefined && skipGroup(code) === 'not-for-this-proxy',
    );
    expect(notForThisProxy.sort()).toEqual([
      'ccs-internal',
      'copy',
      'default-login',
      'excluded',
      'not-chosen',
      'other-target',
      'proxy-loop',
    ]);
    expect(codes).toHaveLength(15);
  });
});
