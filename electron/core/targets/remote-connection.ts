import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RemoteFault } from '../../../shared/schema/remote.ts';

/** Where to connect, and whom to trust there. */
export interface ConnectionRequest {
  readonly url: URL;
  /** SHA-256 of the one certificate that is trusted, lower case hexadecimal; null: what the system trusts. */
  readonly certificate: string | null;
  /** Certificates (PEM) that vouch for others instead of the system's. */
  readonly authorities?: readonly string[];
  readonly timeoutMs: number;
}

/**
 * Connects, and judges the certificate before anything can be sent. Without a pin the system's trust and the name decide
 * (Node's authorities and those of `NODE_EXTRA_CA_CERTS`); with one, that very certificate is taken whatever its name
 * and dates say, and no other. Errors: `unreachable`, `timeout`, `tls-untrusted`, `tls-changed`.
 */
export async function openConnection(request: ConnectionRequest): Promise<Result<Socket, RemoteFault>> {
  const { url, authorities, timeoutMs } = request;
  const host = hostOf(url);
  if (url.protocol === 'http:') {
    const { connect } = await import('node:net');
    return opened(connect({ host, port: portOf(url) }), 'connect', timeoutMs);
  }
  const [{ connect }, { isIP }] = await Promise.all([import('node:tls'), import('node:net')]);
  const socket = connect({
    host,
    port: portOf(url),
    // It is judged below; Node would throw away the certificate that a person may pin.
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(authorities === undefined ? {} : { ca: [...authorities] }),
  });
  const connected = await opened(socket, 'secureConnect', timeoutMs);
  if (!connected.ok) return connected;
  const fault = judge(socket, request.certificate);
  if (fault === null) return connected;
  socket.destroy();
  return err(fault);
}

/** Without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function opened<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
): Promise<Result<S, RemoteFault>> {
  return new Promise((resolve) => {
    const fail = (fault: RemoteFault): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(err(fault));
    };
    const timer = setTimeout(() => fail({ code: 'timeout' }), timeoutMs);
    // Kept afterwards: between this and the request nobody else listens.
    socket.on('error', (error: NodeJS.ErrnoException) => fail(connectFault(error.code ?? 'unknown')));
    socket.once(event, () => {
      clearTimeout(timer);
      resolve(ok(socket));
    });
  });
}

function connectFault(reason: string): RemoteFault {
  if (!/^(?:EPROTO$|ERR_SSL_|ERR_TLS_)/.test(reason)) return { code: 'unreachable', reason };
  return { code: 'tls-untrusted', reason, fingerprint: null, subject: null, validToMs: null };
}

function judge(socket: TLSSocket, pin: string | null): RemoteFault | null {
  const shown = socket.getPeerX509Certificate();
  const fingerprint = shown?.fingerprint256.replaceAll(':', '').toLowerCase() ?? null;
  if (pin !== null && fingerprint !== null) {
    return fingerprint === pin ? null : { code: 'tls-changed', fingerprint, subject: subjectOf(shown) };
  }
  if (pin === null && socket.authorized) return null;
  const validToMs = shown === undefined ? Number.NaN : Date.parse(shown.validTo);
  return {
    code: 'tls-untrusted',
    reason: reasonOf(socket),
    fingerprint,
    subject: subjectOf(shown),
    validToMs: Number.isFinite(validToMs) ? validToMs : null,
  };
}

/** Node sets the code as a string, whatever its types say; a message might quote what the server sent. */
function reasonOf(socket: TLSSocket): string {
  const reason: unknown = socket.authorizationError;
  return typeof reason === 'string' && /^[A-Z0-9_]{1,64}$/.test(reason) ? reason : 'unknown';
}

/** The common name where there is one, else the whole subject in one line; the server chose it, and it is shown. */
function subjectOf(certificate: X509Certificate | undefined): string | null {
  const subject = certificate?.subject ?? '';
  const name = /^CN=(.+)$/m.exec(subject)?.[1] ?? subject;
  const shown = name.replace(/[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
  return shown === '' ? null : shown.slice(0, 100);
}
