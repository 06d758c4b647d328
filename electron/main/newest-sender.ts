import type { Ask } from '../../shared/ipc-channels.ts';

/** Sends the newest value to a page that asks for each: one that is slow misses those in between. */
export interface NewestSender<T> {
  offer(value: T): void;
  ask(what: Ask): void;
}

export function createNewestSender<T>(send: (value: T) => void): NewestSender<T> {
  let newest: { readonly value: T } | null = null;
  let isSent = false;
  let isAsked = false;

  function sendIfAsked(): void {
    if (!isAsked || isSent || newest === null) return;
    isAsked = false;
    isSent = true;
    send(newest.value);
  }

  return {
    offer: (value) => {
      newest = { value };
      isSent = false;
      sendIfAsked();
    },
    ask: (what) => {
      isAsked = true;
      // A page that was loaded anew knows nothing.
      if (what === 'present') isSent = false;
      sendIfAsked();
    },
  };
}
