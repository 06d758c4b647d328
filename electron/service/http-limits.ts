/** Bounds that keep one client, or a thousand, from taking the service away from the others. */
export interface HttpLimits {
  readonly streams: number;
  readonly connections: number;
  /** How long a client may take for its headers, and for its whole request, in milliseconds. */
  readonly headersMs: number;
  readonly requestMs: number;
  readonly perSecond: number;
  readonly burst: number;
  readonly stalledAfterMs: number;
}

export const DEFAULT_LIMITS: HttpLimits = {
  streams: 32,
  connections: 256,
  headersMs: 10_000,
  requestMs: 30_000,
  perSecond: 50,
  burst: 200,
  stalledAfterMs: 60_000,
};
