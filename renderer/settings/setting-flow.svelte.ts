import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

/** What only lasts is shown, in milliseconds. */
const LASTS_AFTER_MS = 300;
/** How long it says that it saved, in milliseconds. */
const SAYS_MS = 2000;

/** How the saving of one setting stands. */
export type SettingStep =
  | { readonly kind: 'idle' }
  /** `lasts`: long enough that it is worth showing. */
  | { readonly kind: 'saving'; readonly lasts: boolean }
  | { readonly kind: 'saved' }
  | { readonly kind: 'failed'; readonly error: AppError };

/** Saves one setting at once: busy until the service confirms, and back with the reason where it refuses. */
export interface SettingFlow {
  readonly step: SettingStep;
  readonly isBusy: boolean;
  /** `use` takes over what the service answered. One at a time: while one is under way another is left out. */
  save<T>(call: () => Promise<Result<T, AppError>>, use: (value: T) => void): Promise<void>;
  dispose(): void;
}

export function createSettingFlow(): SettingFlow {
  let step = $state.raw<SettingStep>({ kind: 'idle' });
  let timer: ReturnType<typeof setTimeout> | undefined;

  const next = (now: SettingStep, afterMs: number, then: SettingStep): void => {
    clearTimeout(timer);
    step = now;
    timer = setTimeout(() => (step = then), afterMs);
  };
  return {
    get step() {
      return step;
    },
    get isBusy() {
      return step.kind === 'saving';
    },
    save: async (call, use) => {
      if (step.kind === 'saving') return;
      next({ kind: 'saving', lasts: false }, LASTS_AFTER_MS, { kind: 'saving', lasts: true });
      const answer = await call();
      clearTimeout(timer);
      if (answer.ok) {
        use(answer.value);
        next({ kind: 'saved' }, SAYS_MS, { kind: 'idle' });
      } else {
        step = { kind: 'failed', error: answer.error };
      }
    },
    dispose: () => clearTimeout(timer),
  };
}
