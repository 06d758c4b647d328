import { describe, expect, it } from 'vitest';
import type { Finding } from '../schema/finding.ts';
import { describeFinding } from './describe-finding.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

const PATH = '/home/ana/.ccs/cliproxy/config.yaml';

const findings: { readonly [Code in Finding['code']]: readonly Extract<Finding, { code: Code }>[] } = {
  error: [{ code: 'error', error: { code: 'no-home' } }],
  skipped: [
    { code: 'skipped', profile: 'glm', path: PATH, reason: { code: 'placeholder' } },
    { code: 'skipped', profile: 'glm', path: PATH, reason: { code: 'copy', of: 'mm' } },
  ],
  warning: [{ code: 'warning', warning: { code: 'ledger-lost' } }],
  proxy: [{ code: 'proxy', observation: { state: 'not-running' } }],
  'profiles-readable': [
    { code: 'profiles-readable', paths: [PATH] },
    { code: 'profiles-readable', paths: [PATH, '/home/ana b/x.settings.json'] },
  ],
  unregistered: [{ code: 'unregistered', profile: 'glm', path: PATH }],
  'orphan-entry': [
    { code: 'orphan-entry', line: 12, baseUrl: 'https://api.test', models: [] },
    { code: 'orphan-entry', line: 12, baseUrl: '', models: ['glm-5'] },
  ],
  'key-elsewhere': [
    { code: 'key-elsewhere', line: 12, profile: 'glm', prefix: 'glmx-' },
    { code: 'key-elsewhere', line: 12, profile: 'glm', prefix: '' },
  ],
  'malformed-entry': [{ code: 'malformed-entry', line: 12 }],
  'listens-everywhere': [{ code: 'listens-everywhere', path: PATH }],
  'serves-anyone': [{ code: 'serves-anyone', path: PATH }],
  'port-differs': [{ code: 'port-differs', path: PATH, ccs: 8317, file: 8318 }],
  'force-model-prefix': [{ code: 'force-model-prefix', path: PATH }],
  'registry-problem': [{ code: 'registry-problem', path: PATH, at: 'profiles.glm' }],
  'ccs-syncs-too': [{ code: 'ccs-syncs-too' }],
  pending: [
    { code: 'pending', count: 1 },
    { code: 'pending', count: 2 },
  ],
  review: [
    { code: 'review', count: 1 },
    { code: 'review', count: 2 },
  ],
  held: [{ code: 'held', profiles: ['glm', 'mm'] }],
  'unfinished-write': [{ code: 'unfinished-write', path: PATH }],
};
const allFindings = Object.values<readonly Finding[]>(findings).flat();

describe('the words of a finding', () => {
  it.each(allFindings)('say what was found and how to mend it: $code', (finding) => {
    const { what, next } = describeFinding(finding);
    expect([...clauseFaults(what), ...(next === null ? [] : sentenceFaults(next))]).toEqual([]);
  });

  it('differ for each finding', () => {
    const texts = allFindings.map((finding) => describeFinding(finding).what);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('name the profile that is skipped', () => {
    const finding: Finding = { code: 'skipped', profile: 'glm', path: PATH, reason: { code: 'placeholder' } };
    expect(describeFinding(finding).what).toMatch(/^glm /);
  });
});
