import { describe, expect, it } from 'vitest';
import type { UpdateTarget } from '../../../shared/schema/remote.ts';
import type { TargetState } from '../../../shared/schema/state.ts';
import { must } from '../../testing/engine-home.ts';
import { localTarget } from '../../testing/live-home.ts';
import { OFFICE_KEY, prefixesOn } from '../../testing/office-home.ts';
import type { FaultyRemoteOptions } from '../../testing/open-faulty-remote.ts';
import type { RemoteTrouble } from '../../testing/remote-fault-script.ts';
import { TO_OFFICE } from '../../testing/office-home.ts';
import { MINUTE_MS, syncedOffice, type TimedOffice } from '../../testing/timed-office.ts';

interface Outage {
  readonly what: string;
  /** Absent: plain HTTP on loopback. */
  readonly server?: Partial<FaultyRemoteOptions>;
  readonly begin: (at: TimedOffice) => unknown;
  /** State and fault. */
  readonly told: readonly [TargetState['state'], string];
  /** How often the key goes there at most; where absent, as often as it is tried by itself in a minute. */
  readonly keys?: number;
  /** How long it lasts; a minute where absent. */
  readonly lastsMs?: number;
  /** Makes it pass, and does what a person must do where it is not tried again by itself. */
  readonly mend?: Outage['begin'];
}

/** After 0, 1, 3, 7, 15 and 31 s, and one that a saved profile brings. */
const TRIES_A_MINUTE = 7;

function begins(trouble: RemoteTrouble, methods?: readonly string[]): Outage['begin'] {
  return async ({ server, engine }) => {
    await server.setFault(trouble, methods);
    engine.hint();
  };
}

async function passes({ server }: TimedOffice): Promise<void> {
  await server.setFault(null);
}

async function asksAgain(at: TimedOffice): Promise<void> {
  await passes(at);
  must(await at.engine.sync({ ...TO_OFFICE, retryRefused: true }));
}

function setUp(over: Partial<UpdateTarget>): Outage['begin'] {
  return async ({ engine }) => must(await engine.updateTarget({ id: 'office', ...over }));
}

const trusts: Outage['begin'] = (at) => setUp({ certificate: at.server.fingerprint })(at);

function showsAnother({ server, engine }: TimedOffice): void {
  server.setCertificate('second');
  engine.hint();
}

/** What listens on loopback answers at 0.0.0.0, too, which by its address could be anywhere. */
async function losesItsAgreement(at: TimedOffice): Promise<void> {
  const url = at.server.url.replace('127.0.0.1', '0.0.0.0');
  const key = { kind: 'typed', key: OFFICE_KEY } as const;
  await setUp({ url, key, entries: 'move', plainHttp: true })(at);
  await at.until(() => at.office().state === 'in-sync' && at.office().remote?.busy === false);
  await setUp({ plainHttp: false })(at);
}

const html = '<html>hello</html>';
const shape = '{"claude-api-key":7}';
const TLS = { tls: 'first' } as const;
const outages: readonly Outage[] = [
  { what: 'half an answer', begin: begins({ kind: 'half' }), told: ['offline', 'bad-answer'] },
  // Each try takes the ten seconds of a read, which no clock of ours shortens.
  {
    what: 'no answer',
    begin: begins({ kind: 'silent' }),
    told: ['offline', 'timeout'],
    keys: 2,
    lastsMs: 1500,
  },
  { what: 'no JSON', begin: begins({ kind: 'garbage', body: html }), told: ['offline', 'bad-answer'] },
  { what: 'another shape', begin: begins({ kind: 'garbage', body: shape }), told: ['offline', 'bad-answer'] },
  { what: '404', begin: begins({ kind: 'status', status: 404 }), told: ['error', 'api-off'], keys: 1 },
  { what: '500', begin: begins({ kind: 'status', status: 500 }), told: ['offline', 'server-error'] },
  {
    what: 'a write that is refused',
    begin: begins({ kind: 'status', status: 422 }, ['PUT', 'PATCH']),
    told: ['error', 'rejected'],
    mend: asksAgain,
  },
  {
    what: '403',
    begin: begins({ kind: 'forbidden' }),
    told: ['auth-failed', 'forbidden'],
    keys: 1,
    mend: asksAgain,
  },
  {
    what: 'a redirect',
    begin: begins({ kind: 'redirect' }),
    told: ['error', 'redirect'],
    keys: 1,
    mend: asksAgain,
  },
  {
    what: 'a certificate that nobody vouches for',
    server: TLS,
    begin: setUp({ certificate: null }),
    told: ['error', 'tls-untrusted'],
    keys: 0,
    mend: trusts,
  },
  {
    what: 'another certificate than the pinned one',
    server: TLS,
    begin: showsAnother,
    told: ['error', 'tls-changed'],
    keys: 0,
    mend: trusts,
  },
  {
    what: 'plain HTTP that nobody agreed to',
    begin: losesItsAgreement,
    told: ['error', 'plain-http'],
    keys: 0,
    mend: setUp({ plainHttp: true }),
  },
];

describe('a fault of a server', () => {
  it.each(outages)('is told and bears few tries, and what waits goes out after it: $what', async (outage) => {
    const { begin, told, server, keys = TRIES_A_MINUTE, lastsMs = MINUTE_MS, mend = passes } = outage;
    const [state, code] = told;
    const at = await syncedOffice({}, server);
    await begin(at);
    const asked = at.server.withKey();
    at.save('km');
    await at.pass(lastsMs);
    expect(at.office()).toMatchObject({
      state,
      error: { error: { code: 'remote-fault', fault: { code } } },
      remote: { waiting: 1 },
    });
    expect(at.server.withKey() - asked).toBeLessThanOrEqual(keys);
    expect(at.server.elsewhere).toEqual([]);
    expect(prefixesOn(at.server)).toEqual(['glm-']);
    expect(localTarget(at.engine.state()).state).toBe('in-sync');
    await mend(at);
    while (at.office().state !== 'in-sync') await at.pass(10_000);
    expect(prefixesOn(at.server)).toEqual(['glm-', 'km-']);
    expect(at.office()).toMatchObject({ error: null, remote: { waiting: 0 } });
  });
});
