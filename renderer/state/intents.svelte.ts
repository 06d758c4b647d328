/** What a shortcut, the palette or one view asks of another, which may not be on show yet. */
export type Intent = 'new-profile' | 'sync' | 'undo-last' | 'add-server' | 'diagnostics' | 'refresh-catalog';

export interface Intents {
  ask(intent: Intent): void;
  /**
   * True once after each `ask`. In an `$effect`: `if (app.intents.take('new-profile')) open();` works whether the
   * view was on show or comes up because of it.
   */
  take(intent: Intent): boolean;
}

export function createIntents(): Intents {
  let asked = $state.raw<Intent | null>(null);
  return {
    ask: (intent) => {
      asked = intent;
    },
    take: (intent) => {
      if (asked !== intent) return false;
      asked = null;
      return true;
    },
  };
}
