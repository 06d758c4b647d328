/** The system's code of an error, as in ENOSPC; `unknown` where it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
