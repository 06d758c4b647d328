/** What of this machine decides where the window opens. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** X11 or Wayland is there; asked on Linux only. */
  readonly hasDisplay: boolean;
  /** Electron's program; null where it was never fetched. */
  readonly electron: string | null;
  readonly isRoot: boolean;
}

export type WindowChoice =
  | { readonly kind: 'electron'; readonly program: string }
  | { readonly kind: 'browser'; readonly why: 'no-display' | 'no-electron' | 'root' };

/** The desktop where it can run, else the same window in a browser, and why. */
export function chooseWindow({ platform, hasDisplay, electron, isRoot }: Machine): WindowChoice {
  const isLinux = platform === 'linux';
  if (isLinux && !hasDisplay) return { kind: 'browser', why: 'no-display' };
  if (electron === null) return { kind: 'browser', why: 'no-electron' };
  // Chromium does not start as root with its sandbox, and without it a page is not held back by anything.
  if (isLinux && isRoot) return { kind: 'browser', why: 'root' };
  return { kind: 'electron', program: electron };
}
