import type { Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { noteFailure } from './note-failure.ts';

/** Notes Playwright's failures for the end of `npm test`. */
class PlaywrightFailures implements Reporter {
  onTestEnd(test: TestCase, { status, errors }: TestResult): void {
    if (status !== test.expectedStatus && status !== 'skipped')
      noteFailure(test.titlePath().filter(Boolean).join(' › '), errors);
  }

  onError(error: TestError): void {
    noteFailure('outside of any test', [error]);
  }

  printsToStdio(): boolean {
    return false;
  }
}

export { PlaywrightFailures as default };
