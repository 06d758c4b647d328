import type { Client } from '../../shared/client.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { createSyncFlow, type SyncFlow } from './sync-flow.svelte.ts';

/** The syncs of all targets: each goes its own way, so that a slow server holds up nothing. */
export interface TargetSyncs {
  of(target: string): SyncFlow;
  /** All of them at once. Answers what the first of them, the local file, came to. */
  run(targets: readonly string[]): Promise<SyncReport | null>;
}

export function createTargetSyncs(client: Client): TargetSyncs {
  const flows = new Map<string, SyncFlow>();
  const of = (target: string): SyncFlow => {
    const flow = flows.get(target) ?? createSyncFlow(client, target);
    flows.set(target, flow);
    return flow;
  };
  return {
    of,
    run: async (targets) => {
      const [first = null] = targets.map((target) => of(target).run());
      return first;
    },
  };
}
