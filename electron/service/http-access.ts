import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import type { Clock } from '../core/support/clock.ts';

/** How long a one-time link may be opened, in milliseconds. */
const LINK_LIFE_MS = 600_000;
const MOST_LINKS = 16;

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares secrets in a time that tells nothing of them. */
export function sameToken(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** The session token of a request's cookie. Cookies know no ports, so the name holds ours. */
export function cookieToken(headers: IncomingHttpHeaders, port: number): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === cookieName(port) && value !== undefined) return value;
  }
  return null;
}

export function sessionCookie(token: string, port: number): string {
  return `${cookieName(port)}=${token}; HttpOnly; SameSite=Strict; Path=/`;
}

export function bearerToken({ authorization }: IncomingHttpHeaders): string | null {
  return /^Bearer ([\w-]{1,200})$/.exec(authorization ?? '')?.[1] ?? null;
}

/**
 * Whether the Host header is an address of ours: a name of the loopback, or, where the service listens elsewhere
 * on the user's word, an IP address. A name that somebody else's DNS points here (DNS rebinding) is neither.
 */
export function isOwnHost(
  headers: IncomingHttpHeaders,
  own: { readonly port: number; readonly exposed: boolean },
): boolean {
  const parts = /^(?<name>\[[\da-f:.]+\]|[^:]+):(?<port>\d{1,5})$/i.exec(headers.host ?? '')?.groups;
  const name = parts?.['name']?.toLowerCase();
  if (name === undefined || Number(parts?.['port']) !== own.port) return false;
  if (['127.0.0.1', 'localhost', '[::1]'].includes(name)) return true;
  return own.exposed && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

/**
 * Whether a request comes from our own page, or from no page at all (a script). `Origin` and `Sec-Fetch-Site` are
 * set by the browser; a page can't forge them. To be asked after `isOwnHost`.
 */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host = '', 'sec-fetch-site': site } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Links that open the page once. */
export interface OneTimeLinks {
  /** A new code. */
  create(): string;
  /** Whether the code was good; it no longer is. */
  use(code: string): boolean;
}

export function createOneTimeLinks(clock: Clock): OneTimeLinks {
  let codes: readonly { readonly code: string; readonly untilMs: number }[] = [];
  return {
    create: () => {
      const code = newToken();
      codes = [...codes, { code, untilMs: clock.now() + LINK_LIFE_MS }].slice(-MOST_LINKS);
      return code;
    },
    use: (given) => {
      const living = codes.filter(({ untilMs }) => untilMs > clock.now());
      codes = living.filter(({ code }) => !sameToken(given, code));
      return codes.length < living.length;
    },
  };
}

function cookieName(port: number): string {
  return `cliproxy-sync-${port}`;
}
