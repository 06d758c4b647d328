import type { AppState } from '../../shared/schema/state.ts';
import type { ShortcutName } from '../state/shortcut-keys.ts';
import type { View } from '../../shared/state/routes.ts';

/** What the palette can do. */
export type PaletteAction =
  | { readonly kind: 'go'; readonly view: View }
  | { readonly kind: 'profile'; readonly name: string }
  | { readonly kind: 'sync' }
  | { readonly kind: 'preview' }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'auto-sync'; readonly enabled: boolean }
  | { readonly kind: 'new-profile' }
  | { readonly kind: 'add-server' }
  | { readonly kind: 'refresh-catalog' }
  | { readonly kind: 'diagnostics' }
  | { readonly kind: 'undo-last' }
  | { readonly kind: 'theme'; readonly appearance: 'system' | 'light' | 'dark' };

export interface PaletteCommand {
  readonly id: string;
  readonly action: PaletteAction;
  /** The keys that do the same without the palette. */
  readonly shortcut: ShortcutName | null;
}

/** Everything that can be done now, the frequent first. What makes no sense now is absent. */
export function paletteCommands(
  state: Pick<AppState, 'profiles' | 'autoSync'> | null,
  appearance: 'system' | 'light' | 'dark',
): readonly PaletteCommand[] {
  const { pausedUntilMs = null, enabled = false } = state?.autoSync ?? {};
  return [
    ...(state === null ? [] : [command({ kind: 'sync' }, 'sync'), command({ kind: 'preview' })]),
    command({ kind: 'new-profile' }, 'new-profile'),
    ...(['overview', 'profiles', 'catalog', 'history', 'settings'] as const).map((view) =>
      command({ kind: 'go', view }, view),
    ),
    ...(pausedUntilMs !== null ? [command({ kind: 'resume' })] : []),
    ...(pausedUntilMs === null && enabled ? [command({ kind: 'pause' })] : []),
    ...(state === null ? [] : [command({ kind: 'auto-sync', enabled: !enabled })]),
    command({ kind: 'undo-last' }),
    command({ kind: 'refresh-catalog' }),
    command({ kind: 'add-server' }),
    command({ kind: 'diagnostics' }),
    ...(['light', 'dark', 'system'] as const)
      .filter((one) => one !== appearance)
      .map((one) => command({ kind: 'theme', appearance: one })),
    ...(state?.profiles ?? []).map(({ name }) => command({ kind: 'profile', name })),
  ];
}

function command(action: PaletteAction, shortcut: ShortcutName | null = null): PaletteCommand {
  return { id: Object.values(action).join(' '), action, shortcut };
}

/** At most this many are drawn: who has more profiles types on. */
const SHOWN_AT_MOST = 50;

export interface Matches<T> {
  readonly shown: readonly T[];
  readonly isCut: boolean;
}

/**
 * Those whose text has every word that was typed; first those where it begins with the first of them, then those
 * where one of its words does.
 */
export function findMatches<T>(all: readonly T[], query: string, textOf: (one: T) => string): Matches<T> {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  const ranked = all.flatMap((one) => {
    const text = textOf(one).toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    const rank = text.startsWith(first) ? 0 : text.includes(` ${first}`) ? 1 : 2;
    return [{ one, rank }];
  });
  // Sorting is stable: within a rank the order stays.
  const sorted = ranked.sort((left, right) => left.rank - right.rank).map(({ one }) => one);
  return { shown: sorted.slice(0, SHOWN_AT_MOST), isCut: sorted.length > SHOWN_AT_MOST };
}
