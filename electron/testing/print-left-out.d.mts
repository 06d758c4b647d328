/** Prints what tests were left out, from a file with a line each. */
export function printLeftOut(path: string): void;
