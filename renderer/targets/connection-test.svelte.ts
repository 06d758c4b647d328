import type { Client } from '../../shared/client.ts';
import type { MethodInput } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import type { TargetTest } from '../../shared/schema/remote.ts';

/** Progress that is over sooner is not shown. In milliseconds. */
const SHOWN_AFTER_MS = 300;

export type TestStep =
  | { readonly kind: 'untested' }
  /** `lasts`: long enough that it is worth showing. */
  | { readonly kind: 'asking'; readonly lasts: boolean }
  | { readonly kind: 'answered'; readonly test: TargetTest }
  | { readonly kind: 'failed'; readonly error: AppError };

/** One look at a server whose address a person has just confirmed. */
export interface ConnectionTest {
  readonly step: TestStep;
  readonly isBusy: boolean;
  readonly isWorking: boolean;
  run(request: MethodInput<'targets.test'>): Promise<void>;
  /** What was found says nothing of what is filled in now; an answer under way counts for nothing. */
  forget(): void;
}

export function createConnectionTest(client: Client): ConnectionTest {
  let step = $state.raw<TestStep>({ kind: 'untested' });
  let latest = 0;

  const forget = (): void => {
    latest += 1;
    step = { kind: 'untested' };
  };
  return {
    get step() {
      return step;
    },
    get isBusy() {
      return step.kind === 'asking';
    },
    get isWorking() {
      return step.kind === 'answered' && step.test.fault === null;
    },
    run: async (request) => {
      latest += 1;
      const mine = latest;
      step = { kind: 'asking', lasts: false };
      const timer = setTimeout(() => (step = { kind: 'asking', lasts: true }), SHOWN_AFTER_MS);
      const answer = await client.call('targets.test', request);
      clearTimeout(timer);
      if (mine !== latest) return;
      step = answer.ok ? { kind: 'answered', test: answer.value } : { kind: 'failed', error: answer.error };
    },
    forget,
  };
}
