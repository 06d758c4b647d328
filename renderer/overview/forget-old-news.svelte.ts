import { untrack } from 'svelte';
import type { TargetState } from '../../shared/schema/state.ts';
import { caughtUp, isOldNews, type Told, toldOf } from './old-news.ts';

/** Something that was done, whose result stands until it is forgotten. */
export interface News {
  /** The change that it made; null where it made none. Undefined: nothing is told. */
  readonly record: () => number | null | undefined;
  readonly target: () => TargetState | undefined;
  readonly forget: () => void;
}

/** Takes a result away once its target stands otherwise. To be called while a component is made. */
export function forgetOldNews({ record, target, forget }: News): void {
  let told: Told | null = null;
  $effect(() => {
    const [made, now] = [record(), target()];
    if (made === undefined || now === undefined) {
      told = null;
    } else if (told !== null && isOldNews(told, now)) {
      told = null;
      untrack(forget);
    } else {
      told = told === null ? toldOf(now, made) : caughtUp(told, now);
    }
  });
}
