import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Self-signed certificates made up for the tests: `first` and `second` for this machine, `other-name` for another one,
 * `expired` in 2021. Their keys are public and protect nothing.
 */
export type TlsFixtureName = 'first' | 'second' | 'other-name' | 'expired';

export interface TlsFixture {
  readonly certPath: string;
  readonly keyPath: string;
  readonly cert: string;
  readonly key: string;
  /** SHA-256, lower case hexadecimal. */
  readonly fingerprint: string;
}

export function tlsFixture(name: TlsFixtureName): TlsFixture {
  const [certPath, keyPath] = ['cert', 'key'].map((part) =>
    fileURLToPath(new URL(`fixtures/tls/${name}.${part}.pem`, import.meta.url)),
  ) as [string, string];
  const cert = readFileSync(certPath, 'utf8');
  const fingerprint = new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { certPath, keyPath, cert, key: readFileSync(keyPath, 'utf8'), fingerprint };
}
