import { describe, expect, it } from 'vitest';
import type { RemoteFault } from '../../../shared/schema/remote.ts';
import {
  type Cause,
  mayLook,
  policyFor,
  remoteDelayMs,
  type RemotePolicy,
  type Rest,
} from './remote-policy.ts';

const NOW_MS = 1_000_000;
const MINUTE_MS = 60_000;

const faults: readonly (readonly [RemoteFault, RemotePolicy])[] = [
  [{ code: 'unreachable', reason: 'ECONNREFUSED' }, { kind: 'back-off' }],
  [{ code: 'timeout' }, { kind: 'back-off' }],
  [{ code: 'server-error', status: 502 }, { kind: 'back-off' }],
  [{ code: 'bad-answer', reason: 'cut' }, { kind: 'back-off' }],
  [{ code: 'keeps-changing' }, { kind: 'back-off' }],
  [
    { code: 'banned', untilMs: 7 },
    { kind: 'until', atMs: 7 },
  ],
  [
    { code: 'banned', untilMs: null },
    { kind: 'until', atMs: NOW_MS + 30 * MINUTE_MS },
  ],
  [{ code: 'deaf' }, { kind: 'every', everyMs: 5 * MINUTE_MS }],
  [{ code: 'wrong-key' }, { kind: 'connection' }],
  [{ code: 'forbidden' }, { kind: 'connection' }],
  [{ code: 'api-off' }, { kind: 'every', everyMs: 5 * MINUTE_MS }],
  [{ code: 'rejected', status: 400 }, { kind: 'connection' }],
  [{ code: 'redirect', status: 302, to: null }, { kind: 'connection' }],
  [
    { code: 'tls-untrusted', reason: 'x', fingerprint: null, subject: null, validToMs: null },
    { kind: 'connection' },
  ],
  [{ code: 'tls-changed', fingerprint: 'ab', subject: null }, { kind: 'connection' }],
  [{ code: 'plain-http' }, { kind: 'connection' }],
  [{ code: 'no-key', source: 'file' }, { kind: 'connection' }],
  [{ code: 'drops-fields', fields: ['prefix'] }, { kind: 'connection' }],
];

const CAUSES: readonly Cause[] = [
  'start',
  'profiles',
  'rescan',
  'retry',
  'hint',
  'resumed',
  'connection',
  'person',
];
const ALWAYS: readonly Cause[] = ['start', 'connection', 'person'];
const AUTO = { mode: 'auto', paused: false } as const;
const BY_HAND = { mode: 'manual', paused: false } as const;

const rests: readonly (readonly [Rest, readonly Cause[], readonly Cause[]])[] = [
  [{ kind: 'none' }, ['profiles', 'rescan', 'hint', 'resumed'], ['resumed']],
  [{ kind: 'change' }, ['profiles', 'rescan', 'hint', 'resumed'], ['resumed']],
  [{ kind: 'back-off' }, ['retry', 'hint', 'resumed'], ['retry', 'hint', 'resumed']],
  [{ kind: 'every', everyMs: 1 }, ['retry', 'hint', 'resumed'], ['retry', 'hint', 'resumed']],
  [{ kind: 'until', atMs: 1 }, ['retry', 'resumed'], ['retry', 'resumed']],
  [{ kind: 'connection' }, ['resumed'], ['resumed']],
];

describe('what helps against an error', () => {
  it.each(faults)('of a server: %j', (fault, policy) => {
    expect(policyFor({ code: 'remote-fault', target: 'office', fault }, NOW_MS)).toEqual(policy);
  });

  it('of our own is to try again, or a change', () => {
    const locked = { code: 'locked', path: '/l', pid: 1, host: 'h' } as const;
    expect(policyFor(locked, NOW_MS)).toEqual({ kind: 'back-off' });
    expect(policyFor({ code: 'ccs-directory-missing', path: '/c' }, NOW_MS)).toEqual({ kind: 'change' });
  });
});

describe('the delay before the next try', () => {
  it('doubles from a second to five minutes', () => {
    const delays = [1, 2, 3, 8, 9, 10, 1000].map((failures) => remoteDelayMs(failures, 0.5));
    expect(delays).toEqual([1, 2, 4, 128, 256, 300, 300].map((seconds) => seconds * 1000));
  });

  it('is a fifth more or less, and never more than five minutes', () => {
    expect([0, 1].map((random) => remoteDelayMs(4, random))).toEqual([6400, 9600]);
    expect([0, 1].map((random) => remoteDelayMs(20, random))).toEqual([240_000, 300_000]);
  });
});

describe('a look at a server', () => {
  it.each(rests)('happens by itself while %j only for some causes', (rest, auto, byHand) => {
    const causesOf = (about: Parameters<typeof mayLook>[2]): readonly Cause[] =>
      CAUSES.filter((cause) => mayLook(cause, rest, about));
    const inOrder = (more: readonly Cause[]): readonly Cause[] =>
      CAUSES.filter((cause) => ALWAYS.includes(cause) || more.includes(cause));
    expect(causesOf(AUTO)).toEqual(inOrder(auto));
    expect(causesOf(BY_HAND)).toEqual(inOrder(byHand));
    expect(causesOf({ ...AUTO, paused: true })).toEqual(ALWAYS);
  });
});
