import type { Profile } from '../../shared/schema/profile.ts';
import { maskedText } from '../../shared/schema/masked.ts';
import * as m from '../../shared/words/generated/messages.js';
import { clientProduct } from './client-names.ts';
import { type FormField, formOf, type ProfileForm } from './profile-form.ts';

/** One field that differs between what is typed here and what the file has become. */
export interface FieldDifference {
  readonly field: FormField;
  readonly label: string;
  readonly mine: string;
  readonly theirs: string;
  /** Whether it was typed here; else only the file's side changed, and saving keeps that. */
  readonly isMine: boolean;
}

/** What a person has to see to choose between their edit and a newer version of the file. Keys are masked. */
export function compareVersions(
  form: ProfileForm,
  base: Profile,
  newer: Profile,
): readonly FieldDifference[] {
  const [before, after] = [formOf(base), formOf(newer)];
  const fields = (Object.keys(before) as FormField[]).filter((field) => field !== 'key');
  const differing = fields
    .filter((field) => form[field] !== after[field])
    .map((field) => ({
      field,
      label: labelOf(field),
      mine: shown(field, form[field]),
      theirs: shown(field, after[field]),
      isMine: form[field] !== before[field],
    }));
  const [keyBefore, keyAfter] = [base.fields?.key, newer.fields?.key];
  const isKeyMine = form.key !== '';
  if (!isKeyMine && keyBefore?.fingerprint === keyAfter?.fingerprint) return differing;
  const masked = (key: typeof keyAfter): string => (key === undefined ? '' : maskedText(key));
  return [
    ...differing,
    {
      field: 'key',
      label: labelOf('key'),
      mine: isKeyMine ? m.profiles_newer_key_typed() : masked(keyBefore),
      theirs: masked(keyAfter),
      isMine: isKeyMine,
    },
  ];
}

function shown(field: FormField, value: string): string {
  if (value === '') return m.profiles_newer_nothing();
  if (field === 'target') return clientProduct(value);
  return value.replaceAll('\n', ', ');
}

/** The label of a field of the form. */
export function labelOf(field: FormField): string {
  switch (field) {
    case 'baseUrl':
      return m.profiles_field_base_url();
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
    case 'key':
      return m.profiles_field_key();
    case 'target':
      return m.profiles_field_client();
  }
}
