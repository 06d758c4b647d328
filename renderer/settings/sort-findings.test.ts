import { expect, it } from 'vitest';
import type { GradedFinding } from '../../shared/schema/finding.ts';
import { sortFindings } from './sort-findings.ts';

it('puts problems before notes, each in the order in which they were found', () => {
  const findings: readonly GradedFinding[] = [
    { grade: 'note', finding: { code: 'pending', count: 1 } },
    { grade: 'problem', finding: { code: 'review', count: 2 } },
    { grade: 'note', finding: { code: 'ccs-syncs-too' } },
    { grade: 'problem', finding: { code: 'malformed-entry', line: 3 } },
  ];
  expect(sortFindings(findings).map(({ finding }) => finding.code)).toEqual([
    'review',
    'malformed-entry',
    'pending',
    'ccs-syncs-too',
  ]);
});
