/** The environment variables that the core reads; injected, never read from the process at import. */
export type Environment = Readonly<Record<string, string | undefined>>;
