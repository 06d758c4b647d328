import type { CreateProfile, Preset, ProfileChanges } from '../../shared/schema/profile.ts';
import { isBaseUrl, isKeyText, isModelName } from '../../shared/rules/profile-values.ts';
import * as m from '../../shared/words/generated/messages.js';
import { freeName, nameProblem } from './name-problem.ts';

/** What stands in the fields for a new profile. */
export interface CreationForm {
  name: string;
  key: string;
  /** The Azure resource, where the preset asks for one. */
  resource: string;
  baseUrl: string;
  model: string;
}

/** The fields as a preset fills them, with a name that is free; null is a blank profile. */
export function creationForm(preset: Preset | null, taken: readonly string[]): CreationForm {
  return {
    name: preset === null ? '' : freeName(preset.profileName, taken),
    key: '',
    resource: '',
    baseUrl: preset === null || preset.asksResource ? '' : preset.baseUrl,
    model: preset?.model ?? '',
  };
}

/** What is wrong with the fields as they are typed; an empty field is only missing: see `missingFields`. */
export function creationProblems(
  form: CreationForm,
  taken: readonly string[],
): Readonly<Partial<Record<keyof CreationForm, string>>> {
  const problems: Partial<Record<keyof CreationForm, string>> = {};
  const name = nameProblem(form.name.trim(), taken);
  if (name !== null) problems.name = name;
  if (!isBaseUrl(form.baseUrl.trim())) problems.baseUrl = m.profiles_problem_base_url();
  if (!isModelName(form.model.trim())) problems.model = m.profiles_problem_model();
  if (!isKeyText(form.key.trim())) problems.key = m.profiles_problem_key();
  return problems;
}

/** Fields that may have to be filled in. */
export type MissingField = 'name' | 'key' | 'resource';

/** The first field that must be filled before the profile can be made; null where all are. */
export function missingField(form: CreationForm, preset: Preset | null): MissingField | null {
  if (form.name.trim() === '') return 'name';
  if (preset?.asksResource === true && form.resource.trim() === '') return 'resource';
  if (preset?.needsKey === true && form.key.trim() === '') return 'key';
  return null;
}

/** Only what differs from the preset is said, so that the core fills in the rest. */
export function creationRequest(form: CreationForm, preset: Preset | null): CreateProfile {
  const baseUrl = form.baseUrl.trim();
  const model = form.model.trim();
  const key = form.key.trim();
  const isPresetUrl = preset !== null && (preset.asksResource || baseUrl === preset.baseUrl);
  const fields: ProfileChanges = {
    ...(isPresetUrl ? {} : { baseUrl }),
    ...(preset !== null && model === preset.model ? {} : { model }),
    ...(key === '' ? {} : { key }),
  };
  return {
    name: form.name.trim(),
    preset: preset?.id ?? null,
    resource: preset?.asksResource === true ? form.resource.trim() : null,
    fields,
    target: null,
  };
}
