import { describe, expect, it } from 'vitest';
import { ProfileFault, type SkipCode, type SkipReason } from '../schema/skip.ts';
import { skipGroup } from '../schema/skip-group.ts';
import { describeSkip } from './describe-skip.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

const faults = ProfileFault.def.entries;

const reasons: { readonly [Code in SkipCode]: readonly Extract<SkipReason, { code: Code }>[] } = {
  'default-login': [{ code: 'default-login' }],
  excluded: [{ code: 'excluded' }],
  'not-chosen': [{ code: 'not-chosen' }],
  'other-target': [{ code: 'other-target', target: 'droid' }],
  'missing-file': [{ code: 'missing-file' }],
  unreadable: Object.values(faults).flatMap((detail) => [
    { code: 'unreadable', detail, line: null },
    { code: 'unreadable', detail, line: 3 },
  ]),
  'proxy-loop': [
    { code: 'proxy-loop', by: 'address' },
    { code: 'proxy-loop', by: 'provider-path' },
    { code: 'proxy-loop', by: 'client-key' },
  ],
  'ccs-internal': [
    { code: 'ccs-internal', by: 'reserved-name' },
    { code: 'ccs-internal', by: 'base-name' },
    { code: 'ccs-internal', by: 'managed-token' },
  ],
  copy: [{ code: 'copy', of: 'glm' }],
  'missing-token': [
    { code: 'missing-token', hasApiKey: true },
    { code: 'missing-token', hasApiKey: false },
  ],
  placeholder: [{ code: 'placeholder' }],
  'invalid-token': [{ code: 'invalid-token' }],
  'invalid-name': [{ code: 'invalid-name' }],
  'duplicate-prefix': [{ code: 'duplicate-prefix', prefix: 'a-b-', other: 'a-b' }],
  'prefix-taken': [
    { code: 'prefix-taken', prefix: 'glm-', line: 7 },
    { code: 'prefix-taken', prefix: 'glm-', line: null },
  ],
};
const allReasons = Object.values<readonly SkipReason[]>(reasons).flat();

describe('the words of a skip', () => {
  it.each(allReasons)('say why: $code $by $detail $line', (reason) => {
    const { why, fix } = describeSkip(reason, 'glm');
    expect([...clauseFaults(why), ...(fix === null ? [] : sentenceFaults(fix))]).toEqual([]);
  });

  it.each(allReasons)('tell a fix for $code exactly where something can be done', (reason) => {
    const { fix } = describeSkip(reason, 'glm');
    expect(fix !== null).toBe(skipGroup(reason.code) === 'needs-you' || reason.code === 'excluded');
  });

  it('differ for each reason', () => {
    const whys = allReasons.map((reason) => describeSkip(reason, 'glm').why);
    expect(new Set(whys).size).toBe(whys.length);
  });

  it('give the command that takes an excluded profile in again, as a shell takes it', () => {
    expect(describeSkip({ code: 'excluded' }, 'glm').fix).toContain('`cliproxy-sync exclude --remove glm`');
    expect(describeSkip({ code: 'excluded' }, 'my glm').fix).toContain(
      "`cliproxy-sync exclude --remove 'my glm'`",
    );
  });

  it('say that a key under another name is not the token', () => {
    const { why, fix } = describeSkip({ code: 'missing-token', hasApiKey: true }, 'glm');
    expect(why).toContain('ANTHROPIC_API_KEY');
    expect(fix).toContain('ANTHROPIC_AUTH_TOKEN');
  });
});
