import { EVENTS } from '../../shared/contract.ts';
import type { AppState } from '../../shared/schema/state.ts';

/** Where states come from: the living engine. The present one is given at once. */
export interface StateSource {
  subscribe(listener: (state: AppState) => void): { dispose(): void };
}

/** A state as it leaves the service: JSON, with the fields of the contract only. */
export type StateText = (state: AppState) => string;

/** Many streams show the same state: it is checked and written once. */
export function createStateText(): StateText {
  let last: { readonly state: AppState; readonly text: string } | null = null;
  return (state) => {
    if (last?.state !== state) last = { state, text: JSON.stringify(EVENTS.state.payload.parse(state)) };
    return last.text;
  };
}
