import { describe, expect, it } from 'vitest';
import { SKIPPED } from '../../electron/testing/glance-profiles.ts';
import { skipGroup } from '../../shared/schema/skip-group.ts';
import { clauseFaults, sentenceFaults } from '../../shared/words/testing/text-faults.ts';
import { describeSkipHere } from '../../shared/words/describe-here.ts';
import { describeFix } from './describe-fix.ts';
import { badgeOf } from './profile-badge.ts';
import { fixesOf } from './skip-fix.ts';

const reasons = SKIPPED.flatMap((profile) =>
  profile.reason === null ? [] : [[profile.name, profile.reason, profile] as const],
);

describe('what the window offers for a profile that is not synced', () => {
  it.each(reasons.filter(([, reason]) => skipGroup(reason.code) === 'needs-you'))(
    'is a button for %s, because it needs a person',
    (_name, reason) => {
      expect(fixesOf(reason).length).toBeGreaterThan(0);
    },
  );

  it.each(reasons)('reads well: %s', (name, reason) => {
    const { why, fix } = describeSkipHere(reason, name);
    expect(clauseFaults(why)).toEqual([]);
    expect(fix === null ? [] : sentenceFaults(fix)).toEqual([]);
    for (const one of fixesOf(reason)) expect(clauseFaults(describeFix(one))).toEqual([]);
  });

  it('names no command where a button does it', () => {
    for (const [name, reason] of reasons) expect(describeSkipHere(reason, name).fix ?? '').not.toContain('`');
  });

  it('is the other profile, too, where two want the same prefix', () => {
    expect(fixesOf({ code: 'duplicate-prefix', prefix: 'a-', other: 'a.' })).toEqual([
      { kind: 'rename' },
      { kind: 'show', profile: 'a.' },
    ]);
  });

  it('is the file itself where its text can not be told from its secrets', () => {
    expect(fixesOf({ code: 'unreadable', detail: 'not-json', line: 3 })).toEqual([{ kind: 'open-file' }]);
    expect(fixesOf({ code: 'unreadable', detail: 'bad-characters', line: null })).toEqual([
      { kind: 'edit-text' },
    ]);
  });

  it.each(reasons)('is marked in the list only where it needs a person: %s', (_name, reason, profile) => {
    expect(badgeOf(profile) !== null).toBe(skipGroup(reason.code) === 'needs-you');
  });
});
