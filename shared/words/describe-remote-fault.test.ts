import { describe, expect, it } from 'vitest';
import type { RemoteFault } from '../schema/remote.ts';
import { describeError } from './describe-error.ts';
import { describeRemoteFault } from './describe-remote-fault.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

type Code = RemoteFault['code'];

const certificate = {
  fingerprint: 'ab'.repeat(32),
  subject: 'proxy.test',
  validToMs: Date.UTC(2030, 0, 1),
};

const faults: { readonly [C in Code]: readonly Extract<RemoteFault, { code: C }>[] } = {
  unreachable: ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ECONNRESET', 'ETIMEDOUT', 'EWHATEVER'].map(
    (reason) => ({ code: 'unreachable', reason }),
  ),
  timeout: [{ code: 'timeout' }],
  'tls-untrusted': [
    ...[
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'CERT_HAS_EXPIRED',
      'CERT_NOT_YET_VALID',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'CERT_REVOKED',
      'unknown',
    ].map((reason) => ({ code: 'tls-untrusted' as const, reason, ...certificate })),
    { code: 'tls-untrusted', reason: 'EPROTO', fingerprint: null, subject: null, validToMs: null },
  ],
  'tls-changed': [{ code: 'tls-changed', fingerprint: certificate.fingerprint, subject: null }],
  'plain-http': [{ code: 'plain-http' }],
  'no-key': (['file', 'environment', 'keyring'] as const).map((source) => ({ code: 'no-key', source })),
  'wrong-key': [{ code: 'wrong-key' }],
  forbidden: [{ code: 'forbidden' }],
  banned: [
    { code: 'banned', untilMs: null },
    { code: 'banned', untilMs: new Date(2026, 0, 1, 14, 32).getTime() },
  ],
  'api-off': [{ code: 'api-off' }],
  'server-error': [{ code: 'server-error', status: 502 }],
  rejected: [{ code: 'rejected', status: 422 }],
  redirect: [
    { code: 'redirect', status: 302, to: 'login.test' },
    { code: 'redirect', status: 302, to: null },
  ],
  'bad-answer': [{ code: 'bad-answer', reason: 'not-a-list' }],
  deaf: [{ code: 'deaf' }],
  'drops-fields': [{ code: 'drops-fields', fields: ['prefix', 'models'] }],
  'keeps-changing': [{ code: 'keeps-changing' }],
};
const all = Object.values<readonly RemoteFault[]>(faults).flat();

describe('the words of a server’s fault', () => {
  it.each(all)('say for $code $reason $source what happened, then what to do', (fault) => {
    const { what, next } = describeRemoteFault(fault);
    expect([...clauseFaults(what), ...sentenceFaults(next)]).toEqual([]);
  });

  it('differ for each fault', () => {
    const texts = all.map((fault) => describeRemoteFault(fault).what);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each(['plain-http', 'tls-untrusted', 'tls-changed', 'redirect'] as const)(
    'say that the key did not get away: %s',
    (code) => {
      const [fault] = faults[code];
      expect(fault && describeRemoteFault(fault).next).toMatch(/not sent|Nothing was sent/);
    },
  );

  it('tell until when a ban lasts', () => {
    const [, banned] = faults.banned;
    expect(banned && describeRemoteFault(banned).what).toContain('14:32');
  });

  it('name the server where the fault stands by itself', () => {
    const error = { code: 'remote-fault', target: 'Office', fault: { code: 'wrong-key' } } as const;
    expect(describeError(error).what).toBe('Office: The server refused the management key');
  });
});
