import type { AppError } from '../../shared/errors.ts';
import type { RemoteTarget } from '../../shared/schema/remote.ts';
import type { App } from '../state/app.svelte.ts';
import { type ConnectionTest, createConnectionTest } from './connection-test.svelte.ts';
import {
  addRequest,
  type Before,
  emptyForm,
  formOf,
  isDirty,
  isReconnecting,
  missingForTest,
  missingOf,
  readdressed,
  type TargetForm,
  testRequest,
  updateRequest,
} from './target-form.ts';

export interface SavedTarget {
  readonly target: RemoteTarget;
  /** Whether the server is reached otherwise than before. */
  readonly isReconnected: boolean;
}

/** Setting up a server, or changing one: what is filled in, what its test found, and the saving. */
export interface TargetSetup {
  readonly form: TargetForm;
  readonly before: Before;
  readonly test: ConnectionTest;
  /** Why it can't be saved yet. */
  readonly missing: string | null;
  /** Why it can't be tested yet. */
  readonly missingForTest: string | null;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly error: AppError | null;
  /** The key, its place or the certificate is another one: what was found does not count any more. */
  changed(): void;
  /** Another address is typed: what belonged to the one before goes with it. */
  readdress(url: string): void;
  check(): Promise<void>;
  /** Pins this certificate and looks again. */
  trust(fingerprint: string): Promise<void>;
  /** Null where it failed; `error` then says why. */
  save(): Promise<SavedTarget | null>;
  /** Forgets the key that was typed. */
  dispose(): void;
}

/** `taken`: the names of the other servers. */
export function createTargetSetup(
  app: Pick<App, 'client'>,
  before: Before,
  taken: () => readonly string[],
): TargetSetup {
  const form = $state<TargetForm>(before === null ? emptyForm() : formOf(before));
  const test = createConnectionTest(app.client);
  let isSaving = $state(false);
  let error = $state.raw<AppError | null>(null);
  const missing = $derived(missingOf(form, before, taken()));
  const untestable = $derived(missingForTest(form, before, taken()));
  const dirty = $derived(isDirty(form, before));

  const changed = (): void => {
    error = null;
    test.forget();
  };
  const check = async (): Promise<void> => {
    error = null;
    await test.run(testRequest($state.snapshot(form), before));
  };
  return {
    form,
    before,
    test,
    get missing() {
      return missing;
    },
    get missingForTest() {
      return untestable;
    },
    get isDirty() {
      return dirty;
    },
    get isSaving() {
      return isSaving;
    },
    get error() {
      return error;
    },
    changed,
    readdress: (url) => {
      if (url === form.url) return;
      Object.assign(form, readdressed(url, before));
      changed();
    },
    check,
    trust: async (fingerprint) => {
      form.certificate = fingerprint;
      await check();
    },
    save: async () => {
      if (isSaving) return null;
      isSaving = true;
      error = null;
      const filled = $state.snapshot(form);
      const change = before === null ? null : updateRequest(filled, before);
      const answer = await (change === null
        ? app.client.call('targets.add', addRequest(filled))
        : app.client.call('targets.update', change));
      isSaving = false;
      if (!answer.ok) {
        error = answer.error;
        return null;
      }
      // From here on the service has it, and nothing here needs it any more.
      form.key = '';
      return { target: answer.value, isReconnected: change === null || isReconnecting(change) };
    },
    dispose: () => {
      form.key = '';
      test.forget();
    },
  };
}
