import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { readTargetText, type TargetContent } from '../targets/target-text.ts';
import type { TargetState } from './target-state.ts';

/** What a target holds: a remote's list is one text, its facts stand in another. Errors: as of `readTargetText`. */
export function readContent(
  { path, bytes, remote }: TargetState,
  written: 'by-us' | 'by-others',
): Result<TargetContent, AppError> {
  const content = readTargetText(path, bytes, written);
  if (!content.ok || remote === undefined) return content;
  const { document, entries, own } = content.value;
  return { ok: true, value: { document, entries, own, facts: remote.facts } };
}
