import { describe, expect, it } from 'vitest';
import type { AppError } from '../errors.ts';
import type { Finding } from '../schema/finding.ts';
import type { ProxyObservation } from '../schema/observation.ts';
import { describeError } from './describe-error.ts';
import { describeFinding } from './describe-finding.ts';
import { describeFindingHere } from './describe-finding-here.ts';
import { describeErrorHere, describeProxyHere } from './describe-here.ts';
import { sentenceFaults } from './testing/text-faults.ts';

const PATH = '/home/ana/.ccs/cliproxy/config.yaml';
const UNSEEN: ProxyObservation = {
  state: 'unverified',
  why: 'nothing-to-check',
  version: null,
  management: 'no-key',
  watching: null,
  pid: null,
};

const errors: readonly AppError[] = [
  { code: 'target-missing', path: PATH, ccsInstalled: true },
  { code: 'target-missing', path: PATH, ccsInstalled: false },
  { code: 'ccs-creates-target', path: PATH },
  { code: 'unknown-profile', name: 'glm' },
  { code: 'unknown-target', name: 'office' },
  { code: 'unknown-record', id: '9' },
  { code: 'nothing-to-undo' },
  { code: 'record-without-bytes', id: '9' },
  { code: 'unknown-model', id: 'x' },
];

const findings: readonly Finding[] = [
  { code: 'error', error: { code: 'nothing-to-undo' } },
  { code: 'skipped', profile: 'glm', path: PATH, reason: { code: 'excluded' } },
  { code: 'skipped', profile: 'glm', path: PATH, reason: { code: 'prefix-taken', prefix: 'glm-', line: 4 } },
  { code: 'proxy', observation: UNSEEN },
  { code: 'proxy', observation: { ...UNSEEN, why: 'no-answer' } },
  { code: 'unregistered', profile: 'glm', path: PATH },
  { code: 'pending', count: 2 },
  { code: 'review', count: 2 },
  { code: 'held', profiles: ['glm'] },
  { code: 'unfinished-write', path: PATH },
];

describe('the words of the window', () => {
  it.each(errors)('tell what happened as everywhere, and no command: $code', (error) => {
    const { what, next } = describeErrorHere(error);
    expect(what).toBe(describeError(error).what);
    expect(next).not.toContain('cliproxy-sync');
    expect(sentenceFaults(next)).toEqual([]);
  });

  it.each(findings)('tell what was found as everywhere, and no command: $code', (finding) => {
    const { what, next } = describeFindingHere(finding);
    expect(what).toBe(describeFinding(finding).what);
    expect(next).not.toContain('cliproxy-sync');
    expect(sentenceFaults(next ?? '')).toEqual([]);
    expect(describeFinding(finding).next).toMatch(/cliproxy-sync|^$/);
  });

  it('are the plain ones where these name no command', () => {
    const error: AppError = { code: 'disk-full', path: PATH };
    expect(describeErrorHere(error)).toEqual(describeError(error));
    expect(describeProxyHere({ state: 'not-running' }).next).toBeNull();
  });
});
