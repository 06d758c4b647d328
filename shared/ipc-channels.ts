/** Channels between the page's preload and Electron's main process: one to call, one to subscribe. */
export const CALL_CHANNEL = 'cliproxy-sync:call';

/** The page asks for the next value of an event, main answers on the same channel: a slow page misses those between. */
export const SUBSCRIBE_CHANNEL = 'cliproxy-sync:subscribe';

/** `present`: whatever holds now; `next`: only what is newer than the last value that was sent. */
export type Ask = 'present' | 'next';
