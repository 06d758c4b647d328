import { parseRoute, type Route, routeTo } from '../../shared/state/routes.ts';

/** Where the window is. The address's hash holds it, so that the tray, Back and a reload lead to the same place. */
export interface Router {
  readonly route: Route;
  go(route: Route): void;
  /**
   * From now on the window stays where it is: a way that leads elsewhere is taken back and told instead. Returns how
   * to let go.
   */
  hold(ask: (next: Route) => void): () => void;
  dispose(): void;
}

export function createRouter(): Router {
  let route = $state.raw<Route>(parseRoute(location.hash));
  let held: ((next: Route) => void) | null = null;
  const follow = (): void => {
    const next = parseRoute(location.hash);
    if (held === null || routeTo(next) === routeTo(route)) {
      route = next;
      return;
    }
    // Not `back()`: nobody knows which entry of the history the way led to.
    history.replaceState(null, '', routeTo(route));
    held(next);
  };
  addEventListener('hashchange', follow);
  return {
    get route() {
      return route;
    },
    go: (next) => {
      location.hash = routeTo(next);
    },
    hold: (ask) => {
      held = ask;
      return () => {
        if (held === ask) held = null;
      };
    },
    dispose: () => removeEventListener('hashchange', follow),
  };
}
