import type { Client } from '../../shared/client.ts';
import { createSyncFlow, type SyncFlow } from './sync-flow.svelte.ts';

/** The syncs of all targets: each goes its own way, so that a slow server holds up nothing. */
export interface TargetSyncs {
  of(target: string): SyncFlow;
  /**
   * All of them at once. `onasking` is told of the first that needs a person's word, as soon as it is known: the
   * others may take long. Resolves once all have ended.
   */
  run(targets: readonly string[], onasking: (target: string) => void): Promise<void>;
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
    run: async (targets, onasking) => {
      let hasAsked = false;
      const runOne = async (target: string): Promise<void> => {
        const report = await of(target).run();
        if (hasAsked || report?.outcome !== 'needs-consent') return;
        hasAsked = true;
        onasking(target);
      };
      await Promise.all(targets.map(runOne));
    },
  };
}
