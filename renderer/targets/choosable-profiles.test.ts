import { describe, expect, it } from 'vitest';
import { profile, SKIPPED } from '../../electron/testing/glance-profiles.ts';
import { choosableProfiles } from './choosable-profiles.ts';

describe('the profiles that can be chosen for a server', () => {
  it('are those that can be synced, those that only lack something, and those that fit elsewhere', () => {
    const offered = choosableProfiles([profile('glm'), ...SKIPPED], null);
    const reasonOf = (name: string) => SKIPPED.find((one) => one.name === name)?.reason?.code;
    const codes = new Set(offered.map(reasonOf));
    expect(offered).toContain('glm');
    for (const code of ['missing-token', 'proxy-loop', 'excluded'] as const) expect(codes).toContain(code);
    for (const code of ['default-login', 'ccs-internal', 'other-target'] as const)
      expect(codes).not.toContain(code);
  });

  it('keep what was chosen once, though it is gone', () => {
    expect(choosableProfiles([profile('glm')], ['gone'])).toEqual(['glm', 'gone']);
  });
});
