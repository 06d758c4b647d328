import type { AppError } from '../../../shared/errors.ts';
import { assertNever } from '../../../shared/result.ts';
import type { RemoteFault, RemoteTarget } from '../../../shared/schema/remote.ts';
import { remedyFor } from '../watch/back-off.ts';

/**
 * What helps against a fault of a server, as in the table of docs/decisions/0010. `back-off`: it may pass at any
 * moment. `until`: not before then (milliseconds since the epoch). `every`: it passes with a restart that nobody tells
 * of. `connection`: only what the user sets up anew, or a person who asks.
 */
export type RemotePolicy =
  | { readonly kind: 'back-off' }
  | { readonly kind: 'until'; readonly atMs: number }
  | { readonly kind: 'every'; readonly everyMs: number }
  | { readonly kind: 'connection' }
  /** It lies in the profiles or in our own files: with their next change. */
  | { readonly kind: 'change' };

/** How long CLIProxyAPI shuts an address out after five wrong keys, where it does not say until when. */
const BAN_MS = 30 * 60_000;
/** For what a restart of the server mends; each look at a deaf one reads the whole list. */
const RESTART_MS = 5 * 60_000;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 5 * 60_000;
/** Many of ours may wait for one server: they must not come all at once. */
const JITTER = 0.2;

/** `nowMs`: milliseconds since the epoch. */
export function policyFor(error: AppError, nowMs: number): RemotePolicy {
  if (error.code === 'remote-fault') return faultPolicy(error.fault, nowMs);
  return remedyFor(error.code) === 'retry' ? { kind: 'back-off' } : { kind: 'change' };
}

function faultPolicy(fault: RemoteFault, nowMs: number): RemotePolicy {
  switch (fault.code) {
    case 'unreachable':
    case 'timeout':
    case 'server-error':
    case 'bad-answer':
    case 'keeps-changing':
      return { kind: 'back-off' };
    case 'banned':
      return { kind: 'until', atMs: fault.untilMs ?? nowMs + BAN_MS };
    case 'deaf':
    // A server that read its file while it was being written has no key until its next restart.
    case 'api-off':
      return { kind: 'every', everyMs: RESTART_MS };
    case 'wrong-key':
    case 'forbidden':
    case 'rejected':
    case 'redirect':
    case 'tls-untrusted':
    case 'tls-changed':
    case 'plain-http':
    case 'no-key':
    // To write again what a server does not keep would be a fight.
    case 'drops-fields':
      return { kind: 'connection' };
    default:
      return assertNever(fault);
  }
}

/**
 * The delay before the next try after so many failures in a row (1 and more): 1, 2, 4 … s, a fifth more or less, never
 * more than 5 min. `random`: from 0 to 1. In milliseconds.
 */
export function remoteDelayMs(failures: number, random: number): number {
  const steadyMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  return Math.min(LONGEST_DELAY_MS, Math.round(steadyMs * (1 - JITTER + 2 * JITTER * random)));
}

/** What is waited for before a server is asked again by itself. */
export type Rest = { readonly kind: 'none' } | RemotePolicy;

/** Why a look might be worth it. `start`: it was just set up, or the service has just begun. */
export type Cause = 'start' | 'profiles' | 'rescan' | 'retry' | 'hint' | 'resumed' | 'connection' | 'person';

/**
 * Whether a server is asked now. A paused one and one that is synced by hand are asked when the service begins, when
 * they are set up anew and when a person asks; that a server by hand is away is found out to be over, too.
 */
export function mayLook(
  cause: Cause,
  rest: Rest,
  { mode, paused }: Pick<RemoteTarget, 'mode' | 'paused'>,
): boolean {
  switch (cause) {
    case 'start':
    case 'connection':
    case 'person':
      return true;
    case 'resumed':
      return !paused;
    case 'retry':
      return !paused && (rest.kind === 'back-off' || rest.kind === 'every' || rest.kind === 'until');
    case 'hint':
      if (rest.kind === 'back-off' || rest.kind === 'every') return !paused;
      return !paused && mode === 'auto' && isOpen(rest);
    case 'profiles':
    case 'rescan':
      return !paused && mode === 'auto' && isOpen(rest);
    default:
      return assertNever(cause);
  }
}

/** Nothing is known to be in the way. */
function isOpen({ kind }: Rest): boolean {
  return kind === 'none' || kind === 'change';
}
