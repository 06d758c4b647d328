import type { AppError } from '../../shared/errors.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { App } from '../state/app.svelte.ts';
import { createRevealTimer } from './reveal-timer.ts';

/** A profile's key as one looks at it on purpose. */
export interface KeyView {
  /** In full, for as long as it is shown. */
  readonly key: string | null;
  readonly error: AppError | null;
  /** What just happened, for everybody; `''` where nothing did. */
  readonly said: string;
  reveal(): Promise<void>;
  hide(): void;
  /** On hosts with a clipboard of their own it never comes into the page; elsewhere only what is shown is copied. */
  copy(): Promise<void>;
}

/** To be called while a component is made; the key is forgotten with it, and when the window loses the focus. */
export function createKeyView(app: App, name: string): KeyView {
  let key = $state.raw<string | null>(null);
  let error = $state.raw<AppError | null>(null);
  let said = $state('');
  const timer = createRevealTimer(
    (delayMs, callback) => {
      const id = setTimeout(callback, delayMs);
      return () => clearTimeout(id);
    },
    (secret) => {
      key = secret;
      said = secret === null ? m.profiles_key_hidden() : m.profiles_key_shown();
    },
  );
  $effect(() => {
    const hide = (): void => timer.hide();
    addEventListener('blur', hide);
    return () => {
      removeEventListener('blur', hide);
      hide();
    };
  });
  return {
    get key() {
      return key;
    },
    get error() {
      return error;
    },
    get said() {
      return said;
    },
    reveal: async () => {
      const answer = await app.client.call('profiles.revealKey', { name });
      error = answer.ok ? null : answer.error;
      if (answer.ok) timer.show(answer.value.key);
    },
    hide: () => timer.hide(),
    copy: async () => {
      if (app.state?.capabilities.clipboard === true) {
        const answer = await app.client.call('profiles.copyKey', { name });
        error = answer.ok ? null : answer.error;
        said = answer.ok ? m.profiles_key_copied_for_now() : '';
      } else if (key !== null) {
        said = (await isCopied(key)) ? m.profiles_key_copied_to_stay() : m.ui_copy_failed();
      }
    },
  };
}

async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
