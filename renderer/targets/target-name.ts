import type { TargetState } from '../../shared/schema/state.ts';
import * as m from '../../shared/words/generated/messages.js';

/** What people call a target. */
export function nameOfTarget(target: Pick<TargetState, 'name' | 'remote'>): string {
  return target.remote === null ? m.overview_target_local() : target.name;
}

/** How a request says which target it is about: the local file goes without. */
export function targetAsk(id: string): { readonly target?: string } {
  return id === 'local' ? {} : { target: id };
}
