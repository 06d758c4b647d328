import type { AppError } from '../../shared/errors.ts';
import type { Profile, ProfileChanges } from '../../shared/schema/profile.ts';
import type { App } from '../state/app.svelte.ts';

/** Putting a model into a profile: the file is read, changed on the version that was read, and can be taken back. */
export interface UseFlow {
  /** As its file is; null until it was read, and where it can't be. */
  readonly profile: Profile | null;
  /** The file has become another since it was read: what is shown is the new one. */
  readonly isNewer: boolean;
  readonly isBusy: boolean;
  readonly error: AppError | null;
  choose(name: string): Promise<void>;
  /** Answers the profile as it was written; null where it was not. */
  save(set: ProfileChanges): Promise<Profile | null>;
}

export function createUseFlow(app: App): UseFlow {
  let profile = $state.raw<Profile | null>(null);
  let isNewer = $state(false);
  let isBusy = $state(false);
  let error = $state.raw<AppError | null>(null);
  let asked = 0;
  return {
    get profile() {
      return profile;
    },
    get isNewer() {
      return isNewer;
    },
    get isBusy() {
      return isBusy;
    },
    get error() {
      return error;
    },
    choose: async (name) => {
      asked += 1;
      const mine = asked;
      profile = null;
      isNewer = false;
      error = null;
      const answer = await app.client.call('profiles.get', { name });
      if (mine !== asked) return;
      if (answer.ok) profile = answer.value;
      else error = answer.error;
    },
    save: async (set) => {
      if (profile === null || isBusy) return null;
      const { name, version } = profile;
      isBusy = true;
      isNewer = false;
      error = null;
      const answer = await app.client.call('profiles.update', {
        name,
        version,
        change: { kind: 'fields', set },
      });
      isBusy = false;
      if (answer.ok) return answer.value;
      if (answer.error.code === 'profile-changed-since') {
        profile = answer.error.newer;
        isNewer = true;
      } else error = answer.error;
      return null;
    },
  };
}
