import type { WatcherState } from '../../../shared/schema/state.ts';
import type { Place } from './place.ts';

/**
 * The worst that holds of any place. A missing folder is nothing bad: it is looked for every second.
 */
export function watcherStateOf(places: readonly Pick<Place, 'folder' | 'state'>[]): WatcherState {
  let polling: WatcherState | null = null;
  for (const { folder, state } of places) {
    if (state.kind === 'unreadable') return { state: 'degraded', why: state.why, path: folder };
    if (state.kind === 'polled') polling ??= { state: 'polling', why: state.why };
  }
  return polling ?? { state: 'running' };
}
