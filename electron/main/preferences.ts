import * as z from 'zod/mini';

const Bounds = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() });

/** What the desktop remembers for itself; what the service needs lies in the state folder. */
export const Preferences = z.object({
  /** Where the window was, in pixels; null before it was closed once. */
  bounds: z.nullable(Bounds),
  isMaximized: z.boolean(),
  /** The place in the window that was shown last, as a hash. */
  lastPlace: z.string(),
  /** What was said once and is not said again. */
  said: z.readonly(z.array(z.string())),
  /** What closing the last window means where there is no tray; `ask` until somebody has said it. */
  withoutTray: z.enum(['ask', 'stay', 'quit']),
});
export type Preferences = z.infer<typeof Preferences>;

const DEFAULTS: Preferences = {
  bounds: null,
  isMaximized: false,
  lastPlace: '',
  said: [],
  withoutTray: 'ask',
};

/** Takes each value that is as it should be; others, and a file that is none of ours, count as never said. */
export function parsePreferences(stored: unknown): Preferences {
  const values = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  const known = Object.entries(Preferences.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(values[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return { ...DEFAULTS, ...(Object.fromEntries(known) as Partial<Preferences>) };
}

/** Where preferences are kept. */
export interface PreferenceStore {
  get(): Preferences;
  set(change: Partial<Preferences>): void;
}

/** Says what never was said here. `say` tells when it was really seen: only from then on it counts as said. */
export function sayOnce(store: PreferenceStore, id: string, say: (onSeen: () => void) => void): void {
  if (store.get().said.includes(id)) return;
  say(() => {
    const { said } = store.get();
    if (!said.includes(id)) store.set({ said: [...said, id] });
  });
}
