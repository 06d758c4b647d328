import { assertNever } from '../../shared/result.ts';
import type { RemoteFault } from '../../shared/schema/remote.ts';

/** What a person can do here about a fault of a server. */
export type Remedy =
  | { readonly kind: 'retry' }
  | { readonly kind: 'enter-key' }
  | { readonly kind: 'edit' }
  /** Pins the certificate that the server shows; `changed`: instead of another that was pinned. */
  | {
      readonly kind: 'trust';
      readonly fingerprint: string;
      readonly subject: string | null;
      readonly validToMs: number | null;
      readonly changed: boolean;
    };

/** The best one first. After a refused key `retry` is not among them: five wrong ones shut everybody here out. */
export function remediesOf(fault: RemoteFault): readonly Remedy[] {
  switch (fault.code) {
    case 'wrong-key':
    case 'no-key':
      return [{ kind: 'enter-key' }];
    case 'tls-untrusted': {
      const { fingerprint, subject, validToMs } = fault;
      const trust: readonly Remedy[] =
        fingerprint === null ? [] : [{ kind: 'trust', fingerprint, subject, validToMs, changed: false }];
      return [...trust, { kind: 'retry' }];
    }
    case 'tls-changed': {
      const { fingerprint, subject } = fault;
      return [{ kind: 'trust', fingerprint, subject, validToMs: null, changed: true }, { kind: 'retry' }];
    }
    case 'plain-http':
    case 'redirect':
      return [{ kind: 'edit' }, { kind: 'retry' }];
    case 'forbidden':
    case 'api-off':
    case 'rejected':
      return [{ kind: 'retry' }, { kind: 'edit' }];
    case 'unreachable':
    case 'timeout':
    case 'banned':
    case 'server-error':
    case 'bad-answer':
    case 'deaf':
    case 'keeps-changing':
    case 'drops-fields':
      return [{ kind: 'retry' }];
    default:
      return assertNever(fault);
  }
}

/** The certificate that a person may trust about this; null where none was shown. */
export function trustOf(fault: RemoteFault | null): Extract<Remedy, { kind: 'trust' }> | null {
  if (fault === null) return null;
  return remediesOf(fault).find((remedy) => remedy.kind === 'trust') ?? null;
}

/** Whether a server may be set up though it answers so now: not with a key that can't be right. */
export function mayAddNevertheless(fault: RemoteFault | null): boolean {
  return fault?.code !== 'wrong-key' && fault?.code !== 'no-key';
}

/** How bad it looks: what mends itself is told quietly. */
export function toneOfFault(fault: RemoteFault): 'bad' | 'warn' | 'info' {
  switch (fault.code) {
    case 'unreachable':
    case 'timeout':
    case 'server-error':
    case 'bad-answer':
      return 'info';
    case 'deaf':
    case 'keeps-changing':
    case 'banned':
      return 'warn';
    default:
      return 'bad';
  }
}
