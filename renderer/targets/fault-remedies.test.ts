import { describe, expect, it } from 'vitest';
import type { RemoteFault } from '../../shared/schema/remote.ts';
import { RemoteFault as Schema } from '../../shared/schema/remote.ts';
import { mayAddNevertheless, remediesOf, toneOfFault } from './fault-remedies.ts';

const PRINT = 'ab'.repeat(32);
const FAULTS: { readonly [Code in RemoteFault['code']]: Extract<RemoteFault, { code: Code }> } = {
  unreachable: { code: 'unreachable', reason: 'ECONNREFUSED' },
  timeout: { code: 'timeout' },
  'tls-untrusted': { code: 'tls-untrusted', reason: 'X', fingerprint: PRINT, subject: null, validToMs: null },
  'tls-changed': { code: 'tls-changed', fingerprint: PRINT, subject: null },
  'plain-http': { code: 'plain-http' },
  'no-key': { code: 'no-key', source: 'file' },
  'wrong-key': { code: 'wrong-key' },
  forbidden: { code: 'forbidden' },
  banned: { code: 'banned', untilMs: null },
  'api-off': { code: 'api-off' },
  'server-error': { code: 'server-error', status: 500 },
  rejected: { code: 'rejected', status: 400 },
  redirect: { code: 'redirect', status: 302, to: null },
  'bad-answer': { code: 'bad-answer', reason: 'cut' },
  deaf: { code: 'deaf' },
  'drops-fields': { code: 'drops-fields', fields: ['models'] },
  'keeps-changing': { code: 'keeps-changing' },
};

describe('what the window offers about a fault of a server', () => {
  it('knows every fault', () => {
    const codes = Schema.def.options.map((option) => [...option.shape.code.def.values][0]);
    expect(Object.keys(FAULTS).sort()).toEqual([...codes].sort());
  });

  it.each(Object.values(FAULTS))('is at least one way on: $code', (fault) => {
    expect(remediesOf(fault).length).toBeGreaterThan(0);
  });

  it('never sends a refused key once more', () => {
    for (const code of ['wrong-key', 'no-key'] as const)
      expect(remediesOf(FAULTS[code])).toEqual([{ kind: 'enter-key' }]);
  });

  it('is trust only in a certificate that was shown', () => {
    expect(remediesOf(FAULTS['tls-untrusted'])[0]).toMatchObject({ kind: 'trust', changed: false });
    expect(remediesOf(FAULTS['tls-changed'])[0]).toMatchObject({ kind: 'trust', changed: true });
    expect(remediesOf({ ...FAULTS['tls-untrusted'], fingerprint: null })).toEqual([{ kind: 'retry' }]);
  });

  it('is to go on without it, but not with a key that was refused', () => {
    const held = Object.values(FAULTS).filter((fault) => !mayAddNevertheless(fault));
    expect(held.map(({ code }) => code).sort()).toEqual(['no-key', 'wrong-key']);
    expect(mayAddNevertheless(null)).toBe(true);
  });

  it('is told quietly where it mends itself', () => {
    expect(
      Object.values(FAULTS)
        .filter((fault) => toneOfFault(fault) === 'info')
        .map(({ code }) => code),
    ).toEqual(['unreachable', 'timeout', 'server-error', 'bad-answer']);
  });
});
