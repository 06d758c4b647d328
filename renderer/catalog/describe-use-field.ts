import * as m from '../../shared/words/generated/messages.js';
import type { UseField } from './use-model.ts';

/** The label of a field of the profile, as its form has it. */
export function describeUseField(field: UseField): string {
  switch (field) {
    case 'model':
      return m.profiles_field_model();
    case 'opusModel':
      return m.profiles_field_opus();
    case 'sonnetModel':
      return m.profiles_field_sonnet();
    case 'haikuModel':
      return m.profiles_field_haiku();
    case 'extraModels':
      return m.profiles_field_extra();
  }
}
