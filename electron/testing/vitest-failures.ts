import type { Reporter } from 'vitest/node';
import { noteFailure } from './note-failure.ts';

/** Notes vitest's failures for the end of `npm test`. */
class VitestFailures implements Reporter {
  onTestCaseResult: NonNullable<Reporter['onTestCaseResult']> = (test) => {
    const result = test.result();
    if (result.state === 'failed')
      noteFailure(`${test.module.relativeModuleId} › ${test.fullName}`, result.errors);
  };

  onTestSuiteResult: NonNullable<Reporter['onTestSuiteResult']> = (suite) => {
    const errors = suite.errors();
    if (errors.length > 0) noteFailure(`${suite.module.relativeModuleId} › ${suite.fullName}`, errors);
  };

  onTestModuleEnd: NonNullable<Reporter['onTestModuleEnd']> = (module) => {
    const errors = module.errors();
    if (errors.length > 0) noteFailure(module.relativeModuleId, errors);
  };

  onTestRunEnd: NonNullable<Reporter['onTestRunEnd']> = (_modules, errors) => {
    if (errors.length > 0) noteFailure('outside of any test', errors);
  };
}

export { VitestFailures as default };
