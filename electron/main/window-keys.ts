/** What of Electron's `before-input-event` tells a key. */
export interface KeyPress {
  readonly type: string;
  readonly key: string;
  readonly control: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

export type WindowCommand = 'zoom-in' | 'zoom-out' | 'zoom-reset' | 'close' | 'quit';

const COMMANDS: ReadonlyMap<string, WindowCommand> = new Map([
  ['+', 'zoom-in'],
  ['=', 'zoom-in'],
  ['-', 'zoom-out'],
  ['_', 'zoom-out'],
  ['0', 'zoom-reset'],
  ['w', 'close'],
  ['q', 'quit'],
]);

/** The keys that a menu bar would bring, where there is none. macOS has one, which gets them first. */
export function commandOf(press: KeyPress, platform: NodeJS.Platform): WindowCommand | null {
  const { type, key, control, meta, alt } = press;
  if (platform === 'darwin' || type !== 'keyDown' || !control || meta || alt) return null;
  return COMMANDS.get(key.toLowerCase()) ?? null;
}

/** Electron's levels: each is 1.2 times the one before. 200% is between 3 and 4. */
const LEAST_ZOOM = -2;
const MOST_ZOOM = 4;

export function zoomedLevel(level: number, command: 'zoom-in' | 'zoom-out' | 'zoom-reset'): number {
  if (command === 'zoom-reset') return 0;
  return Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, level + (command === 'zoom-in' ? 0.5 : -0.5)));
}
