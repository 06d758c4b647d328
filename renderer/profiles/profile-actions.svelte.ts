import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { DeletedProfile, Profile } from '../../shared/schema/profile.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { App } from '../state/app.svelte.ts';

export type ActionName = 'delete' | 'exclude' | 'register' | 'release' | 'sync' | 'open-file';

/** What can be done with a profile at once, and how that went. */
export interface ProfileActions {
  /** What is under way; one thing at a time. */
  readonly busy: { readonly action: ActionName; readonly profile: string } | null;
  /** What the last one failed with; it stands beside its profile until the next try. */
  readonly failure: { readonly profile: string; readonly error: AppError } | null;
  /** Deletes it without a question, and offers the way back. Answers whether it is gone. */
  remove(name: string): Promise<boolean>;
  exclude(name: string, change: 'add' | 'remove'): Promise<void>;
  register(name: string): Promise<Profile | null>;
  /** Ends its hold: the next sync writes it again. */
  release(name: string): Promise<void>;
  /**
   * Syncs this profile alone. `accepted`: the user agreed to take over the entry that has its prefix. What needs
   * consent otherwise leads to the preview.
   */
  sync(name: string, accepted: boolean): Promise<void>;
  openFile(name: string): Promise<void>;
  forget(): void;
}

export function createProfileActions(app: App): ProfileActions {
  const { client } = app;
  let busy = $state.raw<ProfileActions['busy']>(null);
  let failure = $state.raw<ProfileActions['failure']>(null);

  const run = async <T>(
    action: ActionName,
    profile: string,
    call: () => Promise<Result<T, AppError>>,
  ): Promise<T | null> => {
    if (busy !== null) return null;
    busy = { action, profile };
    failure = null;
    const answer = await call();
    busy = null;
    if (answer.ok) return answer.value;
    failure = { profile, error: answer.error };
    return null;
  };
  const restore = async ({ id, name }: DeletedProfile): Promise<void> => {
    const answer = await client.call('profiles.undelete', { id });
    if (!answer.ok) failure = { profile: name, error: answer.error };
    app.router.go({ view: 'profiles', name });
  };
  return {
    get busy() {
      return busy;
    },
    get failure() {
      return failure;
    },
    remove: async (name) => {
      const deleted = await run('delete', name, () => client.call('profiles.delete', { name }));
      if (deleted !== null) app.toasts.offer(m.profiles_deleted_toast({ name }), () => restore(deleted));
      return deleted !== null;
    },
    exclude: async (name, change) => {
      await run('exclude', name, () => client.call('profiles.exclude', { change, names: [name] }));
    },
    register: (name) => run('register', name, () => client.call('profiles.register', { name })),
    release: async (name) => {
      await run('release', name, () => client.call('hold.release', { profile: name }));
    },
    sync: async (name, accepted) => {
      const request = { accepted, dryRun: false, create: false, targetNamed: false, verify: true };
      const report = await run('sync', name, () => client.call('sync.run', { only: [name], ...request }));
      if (report?.outcome === 'needs-consent') app.router.go({ view: 'overview', preview: true });
    },
    openFile: async (name) => {
      await run('open-file', name, () => client.call('files.open', { kind: 'profile', name }));
    },
    forget: () => (failure = null),
  };
}
