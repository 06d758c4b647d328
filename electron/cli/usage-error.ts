/** The command line makes no sense; thrown within cli/ only, and turned into exit code 2 by main. */
export class UsageError extends Error {}
