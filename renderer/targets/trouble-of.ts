import type { RemoteFault } from '../../shared/schema/remote.ts';
import type { TargetState } from '../../shared/schema/state.ts';

/** The server's fault that a target tells of; null where there is none, or where something else is wrong. */
export function faultOf({ error }: Pick<TargetState, 'error'>): RemoteFault | null {
  return error?.error.code === 'remote-fault' ? error.error.fault : null;
}

/** Whether what we say of the server is only what we remember of it. */
export function isFromMemory({ state, error }: Pick<TargetState, 'state' | 'error'>): boolean {
  return state === 'offline' || state === 'auth-failed' || error !== null;
}
