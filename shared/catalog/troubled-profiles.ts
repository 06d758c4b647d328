import type { ProfileStatus } from '../schema/status.ts';
import { firstTrouble, type ModelIndex, type TroubledModel } from './judge-model.ts';

/** A profile that names a model which something speaks against. */
export interface TroubledProfile extends TroubledModel {
  readonly profile: string;
}

/** The profiles in use whose models something speaks against, each with the first such model, in their order. */
export function findTroubledProfiles(
  index: ModelIndex,
  profiles: readonly Pick<ProfileStatus, 'name' | 'entry'>[],
): readonly TroubledProfile[] {
  return profiles.flatMap(({ name, entry }) => {
    const found = entry === null ? null : firstTrouble(index, entry.baseUrl, entry.models);
    return found === null ? [] : [{ profile: name, ...found }];
  });
}
