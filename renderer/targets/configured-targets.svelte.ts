import type { Client } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import type { ConfiguredTargets } from '../../shared/schema/remote.ts';

/** The servers that are set up, as they were last read. */
export interface ConfiguredList {
  /** Null until they were read for the first time. */
  readonly report: ConfiguredTargets | null;
  readonly error: AppError | null;
  /** Reads them anew; an answer that a later one has overtaken counts for nothing. */
  reload(): Promise<ConfiguredTargets | null>;
}

export function createConfiguredList(client: Client): ConfiguredList {
  let report = $state.raw<ConfiguredTargets | null>(null);
  let error = $state.raw<AppError | null>(null);
  let latest = 0;
  return {
    get report() {
      return report;
    },
    get error() {
      return error;
    },
    reload: async () => {
      latest += 1;
      const mine = latest;
      const answer = await client.call('targets.configured', {});
      if (mine !== latest) return null;
      if (answer.ok) report = answer.value;
      error = answer.ok ? null : answer.error;
      return answer.ok ? answer.value : null;
    },
  };
}
