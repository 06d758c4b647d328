import { assertNever } from '../../shared/result.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { MissingField } from './creation-form.ts';

/** What is still to be filled in before a profile can be made. */
export function describeMissing(field: MissingField): string {
  switch (field) {
    case 'name':
      return m.profiles_create_why_name();
    case 'key':
      return m.profiles_create_why_key();
    case 'resource':
      return m.profiles_create_why_resource();
    default:
      return assertNever(field);
  }
}
