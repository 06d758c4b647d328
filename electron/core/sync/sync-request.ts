/** What a person or a host asks of one sync. */
export interface SyncRequest {
  /** Its id; absent: the local file. */
  readonly target?: string | undefined;
  /** A person is there: a key that the remote refused before may be sent to it once more. */
  readonly retryRefused?: boolean | undefined;
  /** Only these profiles; null for all. Naming a profile ends its hold. */
  readonly only: readonly string[] | null;
  /** A person agreed to what needs consent. */
  readonly accepted: boolean;
  /** Says what would be done, and writes nothing at all. */
  readonly dryRun: boolean;
  /** Make a minimal configuration where there is none. */
  readonly create: boolean;
  /** The target was named, which takes up again one that was released. */
  readonly targetNamed: boolean;
  /** Look at the running proxy afterwards. */
  readonly verify: boolean;
}
