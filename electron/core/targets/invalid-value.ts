import type { AppError } from '../../../shared/errors.ts';
import { err, type Result } from '../../../shared/result.ts';

type Field = Extract<AppError, { readonly code: 'target-value-invalid' }>['field'];

/** What was given for a target can't be what it is meant for. */
export function invalidValue(field: Field): Result<never, AppError> {
  return err({ code: 'target-value-invalid', field });
}
