import type { Profile, ProfileChanges, ProfileFields } from '../../shared/schema/profile.ts';

/** Where a profile can name a model. */
export const USE_FIELDS = ['model', 'opusModel', 'sonnetModel', 'haikuModel', 'extraModels'] as const;
export type UseField = (typeof USE_FIELDS)[number];

/** What using a model changes in a profile; both sides as the file has them, the extra models between commas. */
export interface ModelUse {
  readonly before: string;
  readonly after: string;
  readonly set: ProfileChanges;
  /** The way back. */
  readonly back: ProfileChanges;
}

/** Null where the profile names the model there already. An extra model is added to those that are there. */
export function useModel(fields: ProfileFields, field: UseField, id: string): ModelUse | null {
  if (field === 'extraModels') {
    const { extraModels } = fields;
    if (extraModels.includes(id)) return null;
    const all = [...extraModels, id];
    return {
      before: extraModels.join(', '),
      after: all.join(', '),
      set: { extraModels: all },
      back: { extraModels },
    };
  }
  if (fields[field] === id) return null;
  return { before: fields[field], after: id, set: { [field]: id }, back: { [field]: fields[field] } };
}

/** The host that a profile asks; null where it names none, or no address. */
export function hostOf({ fields }: Pick<Profile, 'fields'>): string | null {
  try {
    return new URL(fields?.baseUrl ?? '').host;
  } catch {
    return null;
  }
}
