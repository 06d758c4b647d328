import { describe, expect, it } from 'vitest';
import type { AppError } from '../errors.ts';
import {
  GLANCE_STATE_NAMES,
  GLANCE_STATES,
  type GlanceStateName,
} from '../../electron/testing/glance-states.ts';
import type { ProxyObservation } from '../schema/observation.ts';
import type { RemoteFault } from '../schema/remote.ts';
import { glanceOf, type Glance } from '../state/glance.ts';
import { describeGlance } from './describe-glance.ts';
import { clauseFaults } from './testing/text-faults.ts';

const timeOf = (moment: number): string => new Date(moment).toISOString().slice(11, 16);
const headline = (glance: Glance): string => describeGlance(glance, { timeOf });

type Unverified = Extract<ProxyObservation, { state: 'unverified' }>['why'];
const witnesses = { version: null, management: 'off', watching: null, pid: null } as const;
const unverified: Readonly<Record<Unverified, true>> = {
  'only-credentials-changed': true,
  'nothing-to-check': true,
  'no-api-key': true,
  'api-key-refused': true,
  'no-model-list': true,
  'other-program': true,
  'other-config': true,
  'no-answer': true,
  unreachable: true,
  'tls-failed': true,
};

const sentences: Readonly<Record<GlanceStateName, string>> = {
  starting: 'Checking…',
  'syncing-user': 'Syncing 2 profiles…',
  'error-yaml': 'Sync failed: config.yaml line 41: "port" is there twice',
  'error-watcher': 'Changes are not noticed any more',
  'error-ccs-gone': 'There is no CCS directory at .ccs',
  'auth-failed': 'office: management key refused',
  review: 'Review 2 changes before syncing',
  offline: 'office unreachable, 3 changes waiting',
  'not-loaded': '2 profiles wait for the proxy: restart it',
  paused: 'Paused until 14:30',
  'auto-sync-off': 'Auto-sync is off',
  released: 'This target is not managed',
  'syncing-auto': 'Syncing 2 profiles…',
  empty: 'Create your first profile',
  synced: '5 profiles synced',
  'synced-not-running': "5 profiles synced; the proxy isn't running",
  'synced-unchecked': "5 profiles written; can't be checked: only a key changed",
  held: '4 profiles synced',
  thousand: '1000 profiles synced',
  mixed: 'Review 1 change before syncing',
};

describe('the words of the glance', () => {
  it.each(GLANCE_STATE_NAMES)('say how things stand: %s', (name) => {
    expect(headline(glanceOf(GLANCE_STATES[name]))).toBe(sentences[name]);
    expect(clauseFaults(sentences[name])).toEqual([]);
  });

  it('name the file that failed by its last name, on every system', () => {
    const unwritable = (path: string): Glance => ({
      kind: 'error',
      target: 'local',
      error: { code: 'target-unwritable', path, reason: 'EACCES' },
    });
    const said = "Sync failed: config.yaml can't be written: permission denied";
    expect(headline(unwritable('/home/ana/.ccs/cliproxy/config.yaml'))).toBe(said);
    expect(headline(unwritable('C:\\Users\\ana\\.ccs\\cliproxy\\config.yaml'))).toBe(said);
  });

  it.each<[RemoteFault, string]>([
    [
      { code: 'tls-untrusted', reason: 'CERT_HAS_EXPIRED', fingerprint: 'ab', subject: '', validToMs: 1 },
      'office: certificate not trusted',
    ],
    [
      { code: 'tls-untrusted', reason: 'EPROTO', fingerprint: null, subject: '', validToMs: null },
      'office: no TLS connection',
    ],
    [{ code: 'tls-changed', fingerprint: 'ab', subject: '' }, 'office: certificate changed'],
  ])('are short where a certificate is in the way: %j', (fault, said) => {
    const error: AppError = { code: 'remote-fault', target: 'office', fault };
    expect(headline({ kind: 'error', target: 'office', error })).toBe(said);
  });

  const UNTIL_MS = Date.UTC(2026, 10, 22, 14, 30);

  it.each<[RemoteFault | null, string]>([
    [null, 'office: management key refused'],
    [{ code: 'wrong-key' }, 'office: management key refused'],
    [{ code: 'no-key', source: 'file' }, 'office: no management key here'],
    [{ code: 'forbidden' }, 'office: remote management is off'],
    [{ code: 'banned', untilMs: null }, 'office: shut out after wrong keys'],
    [{ code: 'banned', untilMs: UNTIL_MS }, 'office: shut out until 14:30'],
  ])('say why a server does not let us in: %j', (fault, said) => {
    expect(headline({ kind: 'auth-failed', target: 'office', name: 'office', fault })).toBe(said);
    expect(clauseFaults(said)).toEqual([]);
  });

  it.each<[RemoteFault, number, string]>([
    [{ code: 'timeout' }, 0, 'office unreachable'],
    [{ code: 'server-error', status: 500 }, 0, 'office answers with errors'],
    [{ code: 'server-error', status: 500 }, 1, 'office answers with errors, 1 change waiting'],
    [{ code: 'bad-answer', reason: 'cut' }, 2, 'office answers with errors, 2 changes waiting'],
  ])('tell a server that is away from one that is ill: %j, %i', (fault, changes, said) => {
    expect(headline({ kind: 'offline', target: 'office', name: 'office', changes, fault })).toBe(said);
    expect(clauseFaults(said)).toEqual([]);
  });

  it.each([
    [0, 'office needs a restart'],
    [1, 'office needs a restart: 1 profile waits'],
    [3, 'office needs a restart: 3 profiles wait'],
  ])('say that a server must be restarted: %i', (count, said) => {
    expect(headline({ kind: 'not-loaded', target: 'office', name: 'office', profiles: count })).toBe(said);
    expect(clauseFaults(said)).toEqual([]);
  });

  it('say of one as of one, and of none nothing', () => {
    expect(headline({ kind: 'offline', target: 'office', name: 'office', changes: 1, fault: null })).toBe(
      'office unreachable, 1 change waiting',
    );
    expect(headline({ kind: 'offline', target: 'office', name: 'office', changes: 0, fault: null })).toBe(
      'office unreachable',
    );
    expect(headline({ kind: 'syncing', by: 'user', profiles: 0 })).toBe('Syncing…');
    expect(headline({ kind: 'not-loaded', target: 'local', name: null, profiles: 0 })).toBe(
      'The proxy still serves removed profiles: restart it',
    );
    expect(headline({ kind: 'synced', profiles: 0, held: 1, proxy: null })).toBe(
      '1 profile is held as an undo left it',
    );
    expect(headline({ kind: 'synced', profiles: 0, held: 0, proxy: null })).toBe('No profile to sync yet');
  });

  it('have a clause for each reason why the proxy can not be checked', () => {
    const reasons = Object.keys(unverified) as Unverified[];
    const said = reasons.map((why) =>
      headline({ kind: 'synced', profiles: 3, held: 0, proxy: { state: 'unverified', why, ...witnesses } }),
    );
    expect(said.flatMap(clauseFaults)).toEqual([]);
    expect(new Set(said).size).toBe(reasons.length);
  });
});
