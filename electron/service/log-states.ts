import type { Disposable } from '../core/support/disposable.ts';
import type { Logger } from '../core/support/logger.ts';
import { createChangeTeller, type StateChange } from './state-changes.ts';
import type { StateSource } from './state-text.ts';

/** Writes a line into the log for each thing that becomes different. */
export function logStates(states: StateSource, logger: Logger): Disposable {
  const changesOf = createChangeTeller();
  return states.subscribe((state) => {
    for (const change of changesOf(state)) logger.write(lineOf(change));
    logger.write({
      level: 'detail',
      event: 'state',
      revision: state.revision,
      activity: state.activity.kind,
    });
  });
}

function lineOf(change: StateChange): Parameters<Logger['write']>[0] {
  switch (change.kind) {
    case 'target': {
      const { id, state, error, proxy } = change.target;
      const level = state === 'error' ? 'error' : 'info';
      return {
        level,
        event: 'target',
        target: id,
        state,
        error: error?.error ?? null,
        proxy: proxy?.state ?? null,
      };
    }
    case 'written':
    case 'drift':
    case 'fight':
    case 'watcher':
    case 'auto-sync': {
      const { kind: event, ...fields } = change;
      return { level: 'info', event, ...fields };
    }
  }
}
