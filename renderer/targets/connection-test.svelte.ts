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
  let timer: ReturnType<typeof setTimeout> | undefined;

  const forget = (): void => {
    latest += 1;
    // Nothing is asked any more that could be shown to last.
    clearTimeout(timer);
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
      forget();
      const mine = latest;
      step = { kind: 'asking', lasts: false };
      timer = setTimeout(() => (step = { kind: 'asking', lasts: true }), SHOWN_AFTER_MS);
      const answer = await client.call('targets.test', request);
      if (mine !== latest) return;
      clearTimeout(timer);
      step = answer.ok ? { kind: 'answered', test: answer.value } : { kind: 'failed', error: answer.error };
    },
    forget,
  };
}
