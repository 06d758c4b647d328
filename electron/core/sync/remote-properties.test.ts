import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EngineHome, engineHome, envOf, must } from '../../testing/engine-home.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import { rounds } from '../../testing/nightly.ts';

const KEY = 'sk-test-canary-management';
const TO_OFFICE = { target: 'office', accepted: true } as const;

const KNOWN: ReadonlySet<string> = new Set([
  'api-key',
  'prefix',
  'base-url',
  'proxy-url',
  'models',
  'auth-index',
]);

/** Any entry that the API of some version may tell, with fields that we know nothing of. */
const foreignEntry = fc
  .record({
    key: fc.uuid(),
    prefix: fc.constantFrom('', 'own-', 'team/'),
    rest: fc.dictionary(
      fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name !== '__proto__' && !KNOWN.has(name)),
      fc.jsonValue({ maxDepth: 3 }).filter((value) => !Object.is(value, -0)),
      { maxKeys: 5 },
    ),
    models: fc.array(fc.record({ name: fc.string(), alias: fc.string(), note: fc.string() }), {
      maxLength: 3,
    }),
  })
  .map(({ key, prefix, rest, models }) => ({ ...rest, 'api-key': `sk-test-own-${key}`, prefix, models }));

const edit = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  kind: fc.constantFrom('rotate', 'remove', 'model'),
  nonce: fc.nat({ max: 3 }),
});

it('whatever the profiles do, each foreign entry goes back as it came, and in the end all is undone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(foreignEntry, { maxLength: 4, selector: (entry) => entry['api-key'] }),
      fc.array(edit, { maxLength: 5 }),
      async (foreign, edits) => {
        const remote = await startFaultyRemote({ key: KEY, entries: foreign });
        const home = engineHome();
        for (const name of ['a', 'b']) home.profile(name, envOf(name));
        await setUp(home, remote.url);
        for (const one of [null, ...edits]) {
          if (one !== null) carryOut(home, one);
          must(await home.trySync(TO_OFFICE));
          expect(remote.entries().filter(isForeign)).toEqual(foreign.map(asServed));
          const again = must(await home.trySync(TO_OFFICE));
          expect(again.outcome).toBe('in-sync');
        }
        must(await home.core.restoreFirst({ target: 'office', dryRun: false, accepted: true }));
        expect(remote.entries()).toEqual(foreign.map(asServed));
        remote.close();
      },
    ),
    { numRuns: rounds(15, 300) },
  );
});

/** The server adds what is missing of the fields that it knows. */
function asServed(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { 'base-url': '', 'proxy-url': '', ...entry };
}

function isForeign(entry: Readonly<Record<string, unknown>>): boolean {
  return String(entry['api-key']).startsWith('sk-test-own-');
}

async function setUp({ core }: EngineHome, url: string): Promise<void> {
  const key = { kind: 'typed', key: KEY } as const;
  const rest = { keySource: 'file', profiles: null, mode: 'auto', certificate: null } as const;
  must(await core.addTarget({ name: 'office', url, key, ...rest, plainHttp: false }));
}

interface Edit {
  readonly name: string;
  readonly kind: 'rotate' | 'remove' | 'model';
  readonly nonce: number;
}

function carryOut({ ccsDirectory, profile }: EngineHome, { name, kind, nonce }: Edit): void {
  if (kind === 'remove') rmSync(join(ccsDirectory, `${name}.settings.json`), { force: true });
  else if (kind === 'rotate')
    profile(name, envOf(name, { ANTHROPIC_AUTH_TOKEN: `sk-test-${name}-${nonce}` }));
  else profile(name, envOf(name, { ANTHROPIC_MODEL: `model-${nonce}` }));
}
