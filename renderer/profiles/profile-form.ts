import type { Profile, ProfileChanges } from '../../shared/schema/profile.ts';
import { isBaseUrl, isKeyText, isListedModelName, isModelName } from '../../shared/rules/profile-values.ts';
import * as m from '../../shared/words/generated/messages.js';

/** What stands in the fields of the form. `key` is what was typed anew: a present key never gets into it. */
export interface ProfileForm {
  readonly baseUrl: string;
  readonly model: string;
  readonly opusModel: string;
  readonly sonnetModel: string;
  readonly haikuModel: string;
  /** One a line. */
  readonly extraModels: string;
  readonly key: string;
  /** The client that CCS starts, a word of its registry. */
  readonly target: string;
}

export type FormField = keyof ProfileForm;

/** The form of a profile as its file is. */
export function formOf({ fields, target }: Pick<Profile, 'fields' | 'target'>): ProfileForm {
  return {
    baseUrl: fields?.baseUrl ?? '',
    model: fields?.model ?? '',
    opusModel: fields?.opusModel ?? '',
    sonnetModel: fields?.sonnetModel ?? '',
    haikuModel: fields?.haikuModel ?? '',
    extraModels: fields?.extraModels.join('\n') ?? '',
    key: '',
    target,
  };
}

/** The fields that differ from how they were, in the form's order. */
export function changedFields(form: ProfileForm, start: ProfileForm): readonly FormField[] {
  return (Object.keys(start) as FormField[]).filter((field) => form[field] !== start[field]);
}

/** What a save has to change in the file; empty where only the client was changed, or nothing. */
export function changesOf(form: ProfileForm, start: ProfileForm): ProfileChanges {
  const changed = changedFields(form, start);
  const texts = changed.filter((field) => field !== 'extraModels' && field !== 'target');
  return {
    ...Object.fromEntries(texts.map((field) => [field, form[field].trim()])),
    ...(changed.includes('extraModels') ? { extraModels: linesOf(form.extraModels) } : {}),
  };
}

/** What is wrong with the fields, as they are typed, by the rules of the core. Untouched ones count as right. */
export function problemsOf(
  form: ProfileForm,
  start: ProfileForm,
): Readonly<Partial<Record<FormField, string>>> {
  const problems: Partial<Record<FormField, string>> = {};
  for (const field of changedFields(form, start)) {
    const problem = problemOf(field, form[field]);
    if (problem !== null) problems[field] = problem;
  }
  return problems;
}

function problemOf(field: FormField, text: string): string | null {
  const value = text.trim();
  switch (field) {
    case 'baseUrl':
      return isBaseUrl(value) ? null : m.profiles_problem_base_url();
    case 'key':
      return isKeyText(value) ? null : m.profiles_problem_key();
    case 'extraModels':
      return linesOf(text).every(isListedModelName) ? null : m.profiles_problem_extra_models();
    case 'target':
      return null;
    case 'model':
    case 'opusModel':
    case 'sonnetModel':
    case 'haikuModel':
      return isModelName(value) ? null : m.profiles_problem_model();
  }
}

/**
 * The form on a newer version of the file: what was changed here stays as typed, everything else is the file's.
 */
export function rebased(form: ProfileForm, start: ProfileForm, newer: ProfileForm): ProfileForm {
  const mine = changedFields(form, start).map((field) => [field, form[field]]);
  return { ...newer, ...(Object.fromEntries(mine) as Partial<ProfileForm>) };
}

function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '');
}
