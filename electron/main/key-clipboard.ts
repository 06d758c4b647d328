import type { Clock } from '../core/support/clock.ts';
import type { Disposable } from '../core/support/disposable.ts';

/** How long a key stays in the clipboard, in milliseconds. */
const KEPT_MS = 60_000;

/** What of Electron's clipboard is needed. */
export interface TextClipboard {
  writeText(text: string): Promise<void>;
  readText(): Promise<string>;
  clear(): void;
}

/** Copies a key for a minute; what somebody else has copied meanwhile is left alone. */
export interface KeyClipboard {
  copy(key: string): Promise<void>;
  /** Takes the key out at once. */
  end(): Promise<void>;
}

export function createKeyClipboard(clipboard: TextClipboard, clock: Clock): KeyClipboard {
  let copied: { readonly key: string; readonly timer: Disposable } | null = null;

  async function takeOut(): Promise<void> {
    const ours = copied;
    copied = null;
    if (ours === null) return;
    ours.timer.dispose();
    if ((await clipboard.readText()) === ours.key) clipboard.clear();
  }

  return {
    copy: async (key) => {
      copied?.timer.dispose();
      copied = { key, timer: clock.setTimer(KEPT_MS, () => void takeOut()) };
      await clipboard.writeText(key);
    },
    end: takeOut,
  };
}
