/** The argument that starts without a window, as at login. */
export const HIDDEN = '--hidden';
