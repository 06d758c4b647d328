import { untrack } from 'svelte';
import type { AppError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/schema/profile.ts';
import type { App } from '../state/app.svelte.ts';

/** The file of one profile as it is now: read anew whenever the service tells of a change. */
export interface SelectedProfile {
  /** Null until it was read, and where it can't be: `error` then says why. */
  readonly profile: Profile | null;
  readonly error: AppError | null;
  /** Takes over what a change answered, before the next state does. */
  take(profile: Profile): void;
}

/** To be called while a component is made; follows until that is gone. */
export function createSelectedProfile(app: App, name: string): SelectedProfile {
  let profile = $state.raw<Profile | null>(null);
  let error = $state.raw<AppError | null>(null);
  let asked = 0;

  const read = async (): Promise<void> => {
    asked += 1;
    const mine = asked;
    const answer = await app.client.call('profiles.get', { name });
    if (mine !== asked) return;
    if (!answer.ok) {
      error = answer.error;
      // A lost connection says nothing about the file.
      if (answer.error.code !== 'service-gone') profile = null;
      return;
    }
    error = null;
    // The same value again would make everything that hangs on it anew.
    if (JSON.stringify(answer.value) !== JSON.stringify(profile)) profile = answer.value;
  };
  const revision = $derived(app.state?.revision);

  $effect(() => {
    if (revision !== undefined) untrack(() => void read());
  });
  return {
    get profile() {
      return profile;
    },
    get error() {
      return error;
    },
    take: (next) => {
      asked += 1;
      profile = next;
      error = null;
    },
  };
}
