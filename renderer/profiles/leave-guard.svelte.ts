import { untrack } from 'svelte';
import type { Route } from '../../shared/state/routes.ts';
import type { App } from '../state/app.svelte.ts';

/** Keeps what was typed from being lost by a way that leads elsewhere. */
export interface LeaveGuard {
  /** Whether the user has to say what becomes of it. */
  readonly isAsking: boolean;
  /** Asks before something here throws it away. */
  ask(leave: () => void): void;
  stay(): void;
  leave(): void;
}

/** To be called while a component is made; watches until that is gone. `isDirty`: whether something was typed. */
export function createLeaveGuard(app: App, isDirty: () => boolean): LeaveGuard {
  let wanted = $state.raw<(() => void) | null>(null);
  let letGo: (() => void) | null = null;

  $effect(() => {
    if (!isDirty()) return;
    untrack(() => (app.unsaved = true));
    letGo = app.router.hold((next: Route) => {
      wanted = () => app.router.go(next);
    });
    return () => {
      letGo?.();
      app.unsaved = false;
      wanted = null;
    };
  });
  return {
    get isAsking() {
      return wanted !== null;
    },
    ask: (leave) => {
      if (isDirty()) wanted = leave;
      else leave();
    },
    stay: () => (wanted = null),
    leave: () => {
      const go = wanted;
      wanted = null;
      letGo?.();
      go?.();
    },
  };
}
