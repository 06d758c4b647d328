import { describe, expect, it } from 'vitest';
import { profile } from '../../electron/testing/glance-profiles.ts';
import type { SkipReason } from '../../shared/schema/skip.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { canRegister } from './can-register.ts';

const unlisted = (name: string, reason: SkipReason | null = null): ProfileStatus => ({
  ...profile(name),
  registered: false,
  reason,
});

describe('what can be registered with CCS', () => {
  it('is what CCS does not list yet', () => {
    expect(canRegister(unlisted('glm'))).toBe(true);
    expect(canRegister(profile('glm'))).toBe(false);
  });

  it.each(['gemini', 'Codex', 'con', '1st'])('is not %s, a name that CCS does not take', (name) => {
    expect(canRegister(unlisted(name))).toBe(false);
  });

  it.each<SkipReason>([
    { code: 'default-login' },
    { code: 'ccs-internal', by: 'base-name' },
    { code: 'proxy-loop', by: 'address' },
  ])('is not what no profile can be: $code', (reason) => {
    expect(canRegister(unlisted('own', reason))).toBe(false);
  });

  it('is also what lacks only a key', () => {
    expect(canRegister(unlisted('own', { code: 'missing-token', hasApiKey: false }))).toBe(true);
  });
});
