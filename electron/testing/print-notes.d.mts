/** Prints what tests were left out, from a file with a line each. */
export function printLeftOut(path: string): void;

/** Prints which tests failed, from what `noteFailure` wrote. */
export function printFailed(path: string): void;
