/** What a command's process ends with; docs/cli.md promises these. */
export const ExitCode = {
  /** Everything syncable is written, and nothing that was observed contradicts it. */
  fine: 0,
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
  /** A person has to do or decide something: consent, a hold, a proxy that has not loaded what was written. */
  needsPerson: 3,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
