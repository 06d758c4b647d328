import type { GradedFinding } from '../../shared/schema/finding.ts';

/** Problems before notes, each in the order in which they were found. */
export function sortFindings(findings: readonly GradedFinding[]): readonly GradedFinding[] {
  const isProblem = ({ grade }: GradedFinding): boolean => grade === 'problem';
  return [...findings.filter(isProblem), ...findings.filter((finding) => !isProblem(finding))];
}
