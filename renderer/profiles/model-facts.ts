import type { ProfileFields } from '../../shared/schema/profile.ts';
import * as m from '../../shared/words/generated/messages.js';

/** One row about the models of a profile. */
export interface ModelFact {
  readonly id: string;
  readonly label: string;
  /** Null: none is named. */
  readonly value: string | null;
}

/** The models that a profile names; one that stands for all tiers, as CCS writes it, is said once. */
export function modelFacts(fields: ProfileFields): readonly ModelFact[] {
  const { model, opusModel, sonnetModel, haikuModel, extraModels } = fields;
  const tiers = [
    { id: 'opus', label: m.profiles_field_opus(), value: opusModel },
    { id: 'sonnet', label: m.profiles_field_sonnet(), value: sonnetModel },
    { id: 'haiku', label: m.profiles_field_haiku(), value: haikuModel },
  ].filter(({ value }) => value !== '' && value !== model);
  const extra = { id: 'extra', label: m.profiles_field_extra(), value: extraModels.join(', ') };
  return [
    { id: 'model', label: m.profiles_field_model(), value: model === '' ? null : model },
    ...tiers,
    ...(extraModels.length === 0 ? [] : [extra]),
  ];
}
