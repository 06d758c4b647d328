import { describe, expect, it } from 'vitest';
import {
  brief,
  briefWarnings,
  carriedOut,
  ccsEntryOf,
  entryOf,
  file,
  holdOf,
  item,
  lineOf,
  loose,
  type LooseEntry,
  wants,
  world,
} from '../../testing/plan-world.ts';
import type { ConsentReason } from './operation.ts';
import type { Hold, OwnedEntry } from './owned-entry.ts';
import { plan } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** One rule: in this world, the plan does this and leaves that. */
interface Row {
  readonly rule: string;
  readonly given: Partial<PlanInput>;
  /** Each operation in short; none. */
  readonly does?: readonly string[];
  /** The target's entries afterwards; as they were. */
  readonly file?: readonly LooseEntry[];
  /** The ledger afterwards; one line as wanted for each wanted profile. */
  readonly ledger?: readonly OwnedEntry[];
  /** `profile: code, parameters`; none. */
  readonly skips?: readonly string[];
  readonly warns?: readonly string[];
  readonly asks?: readonly ConsentReason[];
  /** The holds that still count; none. */
  readonly holds?: readonly Hold[];
}

const glm = wants('glm');
const km = wants('km');
const rotated = { apiKey: 'sk-test-rotated-key' };
const moved = { baseUrl: 'https://elsewhere.test' };
/** What the user put on an entry: headers, a priority. */
const users = { otherFields: ['headers', 'priority'] };
const foreign = entryOf(wants('own'), users);

function check({ given, ...then }: Row): void {
  const input = world(given);
  const made = plan(input);
  expect({
    does: brief(made.operations),
    file: loose(carriedOut(input.entries, made.operations)),
    ledger: made.nextOwned,
    skips: made.skips.map(({ profile, reason }) => `${profile}: ${Object.values(reason).join(', ')}`),
    warns: briefWarnings(made.warnings),
    asks: made.consent,
    holds: made.nextHolds,
  }).toEqual({
    does: then.does ?? [],
    file: then.file ?? loose(input.entries),
    ledger: then.ledger ?? input.wanted.map((wanted) => lineOf(wanted)),
    skips: then.skips ?? [],
    warns: then.warns ?? [],
    asks: then.asks ?? [],
    holds: then.holds ?? [],
  });
}

function table(title: string, rows: readonly Row[]): void {
  describe(title, () => {
    for (const row of rows) it(row.rule, () => check(row));
  });
}

/** A world in which these profiles are synced, but for what is said otherwise. */
function synced(profiles: readonly WantedEntry[], over: Partial<PlanInput> = {}): Partial<PlanInput> {
  return {
    wanted: profiles,
    entries: file(...profiles.map((wanted) => entryOf(wanted))),
    owned: profiles.map((wanted) => lineOf(wanted)),
    ...over,
  };
}

table('Adding', [
  {
    rule: 'adds every profile to an empty target, in their order',
    given: { wanted: [km, glm], ledger: 'none' },
    does: ['add km (profile)', 'add glm (profile)'],
    file: [entryOf(km), entryOf(glm)],
  },
  { rule: 'does nothing where everything is as it should be', given: synced([glm, km]) },
  { rule: 'does nothing without profiles and entries', given: {} },
  {
    rule: 'leaves the entries of others alone',
    given: { wanted: [glm], entries: file(foreign) },
    does: ['add glm (profile)'],
    file: [foreign, entryOf(glm)],
  },
  {
    rule: 'gives two profiles with one key an entry each',
    given: { wanted: [glm, { ...km, apiKey: glm.apiKey, baseUrl: glm.baseUrl }] },
    does: ['add glm (profile)', 'add km (profile)'],
    file: [entryOf(glm), entryOf({ ...km, apiKey: glm.apiKey, baseUrl: glm.baseUrl })],
  },
  {
    rule: 'knows the entries of two profiles with one key and no models apart by their prefix',
    given: synced([
      { ...glm, models: [] },
      { ...km, apiKey: glm.apiKey, baseUrl: glm.baseUrl, models: [] },
    ]),
  },
  {
    rule: 'adds a profile beside an entry of the user with the same key, and says so',
    given: { wanted: [glm], entries: file(foreign, ccsEntryOf(glm, users)) },
    does: ['add glm (profile)'],
    file: [foreign, ccsEntryOf(glm, users), entryOf(glm)],
    warns: ['users-own glm at 20', 'glm-model of glm is shared with an entry at 20'],
  },
]);

table('Following the profile', [
  {
    rule: 'rotates a token in place and keeps what the user put on the entry',
    given: synced([glm], { wanted: [{ ...glm, ...rotated }], entries: file(foreign, entryOf(glm, users)) }),
    does: ['update glm at 20: apiKey (profile)'],
    file: [foreign, entryOf({ ...glm, ...rotated }, users)],
  },
  {
    rule: 'changes the base URL',
    given: synced([glm], { wanted: [{ ...glm, ...moved }] }),
    does: ['update glm at 10: baseUrl (profile)'],
    file: [entryOf({ ...glm, ...moved })],
  },
  {
    rule: 'empties a base URL that the profile dropped',
    given: synced([glm], { wanted: [{ ...glm, baseUrl: '' }] }),
    does: ['update glm at 10: baseUrl (profile)'],
    file: [entryOf({ ...glm, baseUrl: '' })],
  },
  {
    rule: 'changes token and base URL at once',
    given: synced([glm], { wanted: [{ ...glm, ...rotated, ...moved }] }),
    does: ['update glm at 10: apiKey, baseUrl (profile)'],
    file: [entryOf({ ...glm, ...rotated, ...moved })],
  },
  {
    rule: 'renames in place and keeps what the user put on the entry',
    given: synced([glm], {
      wanted: [wants('glm2', { ...glm, profile: 'glm2', prefix: 'glm2-' })],
      entries: file(entryOf(glm, users), foreign),
    }),
    does: ['update glm2 at 10: prefix (rename)'],
    file: [entryOf({ ...glm, prefix: 'glm2-' }, users), foreign],
  },
  {
    rule: 'only notes a rename that changes no prefix',
    given: synced([wants('a.b')], { wanted: [{ ...wants('a.b'), profile: 'a-b' }] }),
  },
  {
    rule: 'renames two profiles with one key, each in place',
    given: synced([glm, { ...glm, profile: 'km', prefix: 'km-' }], {
      wanted: [
        { ...glm, profile: 'x', prefix: 'x-' },
        { ...glm, profile: 'y', prefix: 'y-' },
      ],
    }),
    does: ['update x at 10: prefix (rename)', 'update y at 20: prefix (rename)'],
    file: [entryOf({ ...glm, prefix: 'x-' }), entryOf({ ...glm, prefix: 'y-' })],
  },
  {
    rule: 'takes out and adds where a profile was renamed and rotated at once',
    given: synced([glm], { wanted: [km] }),
    does: ['add km (profile)', 'remove glm at 10 (profile-gone)'],
    file: [entryOf(km)],
  },
  {
    rule: 'does not rename into a prefix of somebody else: the old entry goes, the new profile is skipped',
    given: synced([glm], {
      wanted: [{ ...glm, profile: 'own', prefix: 'own-' }],
      entries: file(entryOf(glm), foreign),
    }),
    does: ['remove glm at 10 (profile-gone)'],
    file: [foreign],
    ledger: [],
    skips: ['own: prefix-taken, own-, 20'],
  },
  {
    rule: 'does not rename an entry whose key was changed by hand: that is the user’s',
    given: synced([glm], {
      wanted: [{ ...glm, profile: 'x', prefix: 'x-' }],
      entries: file(entryOf(glm, rotated)),
      forceModelPrefix: true,
    }),
    does: ['add x (profile)', 'leave glm at 10 (changed-by-hand)'],
    file: [entryOf(glm, rotated), entryOf({ ...glm, prefix: 'x-' })],
    warns: ['changed-by-hand glm at 10'],
  },
  {
    rule: 'adds anew where the entry of the old name is gone',
    given: synced([glm], { wanted: [{ ...glm, profile: 'x', prefix: 'x-' }], entries: [] }),
    does: ['add x (profile)'],
    file: [entryOf({ ...glm, prefix: 'x-' })],
  },
  {
    rule: 'does not rename the entry of a profile that can not be read',
    given: synced([glm], {
      wanted: [{ ...glm, profile: 'glm2', prefix: 'glm2-' }],
      unreadable: new Set(['glm']),
    }),
    does: ['add glm2 (profile)', 'leave glm at 10 (unreadable)'],
    file: [entryOf(glm), entryOf({ ...glm, prefix: 'glm2-' })],
    ledger: [lineOf(glm), lineOf({ ...glm, profile: 'glm2', prefix: 'glm2-' })],
    warns: ['glm-model of glm2 is shared with glm- at 10'],
  },
]);

table('Models', [
  {
    rule: 'adds the new names of a growing list',
    given: synced([glm], { wanted: [{ ...glm, models: ['glm-model', 'glm-air'] }] }),
    does: ['update glm at 10: add model (profile)'],
    file: [entryOf({ ...glm, models: ['glm-model', 'glm-air'] })],
  },
  {
    rule: 'takes out only the dropped names of a shrinking list',
    given: synced([{ ...glm, models: ['a', 'b', 'c'] }], { wanted: [{ ...glm, models: ['b'] }] }),
    does: ['update glm at 10: remove model, remove model (profile)'],
    file: [entryOf({ ...glm, models: ['b'] })],
  },
  {
    rule: 'lets a replaced name keep the other fields of its item',
    given: synced([glm], {
      wanted: [{ ...glm, models: ['glm-6'] }],
      entries: file(entryOf(glm, { models: [item('glm-model', { alias: 'best', extra: true })] })),
    }),
    does: ['update glm at 10: rename model (profile)'],
    file: [entryOf(glm, { models: [item('glm-6', { alias: 'best', extra: true })] })],
  },
  {
    rule: 'replaces one of several names',
    given: synced([{ ...glm, models: ['a', 'b'] }], { wanted: [{ ...glm, models: ['a', 'c'] }] }),
    does: ['update glm at 10: rename model (profile)'],
    file: [entryOf({ ...glm, models: ['a', 'c'] })],
  },
  {
    rule: "keeps the user's own models on our entry",
    given: synced([glm], {
      wanted: [{ ...glm, models: ['glm-6'] }],
      entries: file(entryOf(glm, { models: [item('mine'), item('glm-model'), item('also-mine')] })),
    }),
    does: ['update glm at 10: rename model (profile)'],
    file: [entryOf(glm, { models: [item('mine'), item('glm-6'), item('also-mine')] })],
  },
  {
    rule: "counts a wanted name as served where it stands in an item of the user's, whatever else that says",
    given: synced([glm], {
      wanted: [{ ...glm, models: ['glm-model', 'x'] }],
      entries: file(entryOf(glm, { models: [item('glm-model'), item('x', { alias: 'y', extra: true })] })),
    }),
  },
  {
    rule: 'makes nothing of a mere reordering, in the profile or in the file',
    given: synced([{ ...glm, models: ['a', 'b', 'c'] }], {
      wanted: [{ ...glm, models: ['c', 'a', 'b'] }],
      entries: file(entryOf({ ...glm, models: ['b', 'a', 'c'] })),
    }),
  },
  {
    rule: 'empties the list of a profile that names no model any more',
    given: synced([glm], { wanted: [{ ...glm, models: [] }] }),
    does: ['update glm at 10: remove model (profile)'],
    file: [entryOf({ ...glm, models: [] })],
  },
]);

table('Drift', [
  {
    rule: 'restores a key that was changed by hand',
    given: synced([glm], { entries: file(entryOf(glm, { ...rotated, ...users })) }),
    does: ['update glm at 10: apiKey (drift)'],
    file: [entryOf(glm, users)],
  },
  {
    rule: 'restores a base URL that was changed by hand',
    given: synced([glm], { entries: file(entryOf(glm, moved)) }),
    does: ['update glm at 10: baseUrl (drift)'],
    file: [entryOf(glm)],
  },
  {
    rule: 'restores a model that was taken out by hand',
    given: synced([glm], { entries: file(entryOf(glm, { models: [] })) }),
    does: ['update glm at 10: add model (drift)'],
    file: [entryOf(glm)],
  },
  {
    rule: 'adds an entry again that others deleted',
    given: synced([glm], { entries: file(foreign) }),
    does: ['add glm (drift)'],
    file: [foreign, entryOf(glm)],
  },
  {
    rule: 'gives back the prefixes that CCS dropped, ties in file order',
    given: synced([glm, { ...glm, profile: 'km', prefix: 'km-' }], {
      entries: file(ccsEntryOf(glm), ccsEntryOf(glm)),
    }),
    does: ['update glm at 10: prefix (drift)', 'update km at 20: prefix (drift)'],
    file: [entryOf(glm), entryOf({ ...glm, prefix: 'km-' })],
  },
  {
    rule: 'takes what CCS wrote after a rotation as the profile’s entry',
    given: synced([glm], {
      wanted: [{ ...glm, ...rotated }],
      entries: file(ccsEntryOf({ ...glm, ...rotated })),
    }),
    does: ['adopt glm at 10: prefix'],
    file: [entryOf({ ...glm, ...rotated })],
  },
  {
    rule: 'owns the first of two equal entries in the target, and says that the other shares its requests',
    given: synced([glm], { entries: file(entryOf(glm, users), entryOf(glm)) }),
    warns: ['prefix-shared glm at 20'],
  },
  {
    rule: 'knows its own of two entries with one prefix by their base URL, whichever stands first',
    given: synced([glm], {
      wanted: [{ ...glm, models: ['glm-6'] }],
      entries: file(entryOf(glm, moved), entryOf(glm)),
    }),
    does: ['update glm at 20: rename model (profile)'],
    file: [entryOf(glm, moved), entryOf({ ...glm, models: ['glm-6'] })],
    warns: ['prefix-shared glm at 10'],
  },
  {
    rule: 'rotates only its own of two entries with one key',
    given: synced([glm], {
      wanted: [{ ...glm, ...rotated }],
      entries: file(ccsEntryOf(glm, users), entryOf(glm)),
    }),
    does: ['update glm at 20: apiKey (profile)'],
    file: [ccsEntryOf(glm, users), entryOf({ ...glm, ...rotated })],
  },
  {
    rule: 'skips a profile whose entry got another key and base URL by hand: it is somebody else’s now',
    given: synced([glm], { entries: file(entryOf(glm, { ...rotated, ...moved })) }),
    ledger: [],
    skips: ['glm: prefix-taken, glm-, 10'],
  },
  {
    rule: 'neither touches nor forgets an entry that is broken, as while it is being edited',
    given: synced([glm], { entries: file(entryOf(glm, { malformed: true })) }),
    skips: ['glm: prefix-taken, glm-, 10'],
  },
]);

table('Prefixes', [
  {
    rule: 'skips a profile whose prefix a foreign entry has',
    given: { wanted: [glm, km], entries: file(foreign, entryOf(glm, { ...rotated, ...moved })) },
    does: ['add km (profile)'],
    file: [foreign, entryOf(glm, { ...rotated, ...moved }), entryOf(km)],
    ledger: [lineOf(km)],
    skips: ['glm: prefix-taken, glm-, 20'],
  },
  {
    rule: 'skips a profile whose prefix a foreign entry has with the slashes and spaces that the server takes off',
    given: { wanted: [glm], entries: file(entryOf(glm, { ...rotated, ...moved, prefix: ' /glm-/' })) },
    ledger: [],
    skips: ['glm: prefix-taken,  /glm-/, 10'],
  },
  {
    rule: 'adds beside a foreign entry whose prefix counts as none for a slash within',
    given: { wanted: [glm], entries: file(entryOf(glm, { ...users, prefix: 'glm-/x' })) },
    does: ['add glm (profile)'],
    file: [entryOf(glm, { ...users, prefix: 'glm-/x' }), entryOf(glm)],
    warns: ['users-own glm at 10', 'glm-model of glm is shared with glm-/x at 10'],
  },
  {
    rule: 'compares prefixes exactly',
    given: { wanted: [glm], entries: file(entryOf(wants('GLM'), users)) },
    does: ['add glm (profile)'],
    file: [entryOf(wants('GLM'), users), entryOf(glm)],
  },
  {
    rule: 'does not take over a foreign entry because its profile was named',
    given: { wanted: [glm], entries: file(entryOf(glm, { ...rotated, ...users })), only: new Set(['glm']) },
    ledger: [],
    skips: ['glm: prefix-taken, glm-, 10'],
  },
  {
    rule: 'does not take over a foreign entry because everything was accepted',
    given: { wanted: [glm], entries: file(entryOf(glm, { ...rotated, ...users })), accepted: true },
    ledger: [],
    skips: ['glm: prefix-taken, glm-, 10'],
  },
  {
    rule: 'takes over a foreign entry whose profile was named and accepted, and keeps what else it holds',
    given: {
      wanted: [glm],
      entries: file(entryOf(glm, { ...rotated, ...moved, ...users, models: [item('mine', { alias: 'm' })] })),
      only: new Set(['glm']),
      accepted: true,
    },
    does: ['update glm at 10: apiKey, baseUrl, add model (take-over)'],
    file: [entryOf(glm, { ...users, models: [item('mine', { alias: 'm' }), item('glm-model')] })],
  },
  {
    rule: 'never takes over an entry that is broken',
    given: {
      wanted: [glm],
      entries: file(entryOf(glm, { ...rotated, malformed: true })),
      only: new Set(['glm']),
      accepted: true,
    },
    ledger: [],
    skips: ['glm: prefix-taken, glm-, 10'],
  },
  {
    rule: 'lets a profile that can not be read keep its prefix from another that gives the same',
    given: synced([wants('a.b')], { wanted: [wants('a-b', rotated)], unreadable: new Set(['a.b']) }),
    does: ['leave a.b at 10 (unreadable)'],
    ledger: [lineOf(wants('a.b'))],
    skips: ['a-b: duplicate-prefix, a-b-, a.b'],
  },
  {
    rule: 'does not add under the prefix of an entry that this plan was not asked to take out',
    given: synced([wants('a.b')], { wanted: [wants('a-b', rotated)], only: new Set(['a-b']) }),
    ledger: [lineOf(wants('a.b'))],
    skips: ['a-b: duplicate-prefix, a-b-, a.b'],
  },
  {
    rule: 'does not add under the prefix of an entry that an undone rename holds',
    given: synced([wants('a.b')], {
      wanted: [{ ...wants('a.b'), profile: 'x', prefix: 'x-' }, wants('a-b', rotated)],
      holds: [holdOf({ ...wants('a.b'), profile: 'x', prefix: 'x-' })],
    }),
    does: ['leave x at 10 (held)'],
    ledger: [lineOf(wants('a.b'))],
    skips: ['a-b: duplicate-prefix, a-b-, a.b'],
    holds: [holdOf({ ...wants('a.b'), profile: 'x', prefix: 'x-' })],
  },
  {
    rule: 'hands the prefix of a profile that is gone to the next that gives it',
    given: synced([wants('a.b')], { wanted: [wants('a-b', rotated)] }),
    does: ['add a-b (profile)', 'remove a.b at 10 (profile-gone)'],
    file: [entryOf(wants('a-b', rotated))],
  },
  {
    rule: 'skips the next profile where the entry of the one that is gone became the user’s',
    given: synced([wants('a.b')], {
      wanted: [wants('a-b', rotated)],
      entries: file(entryOf(wants('a.b'), { apiKey: 'sk-test-by-hand' })),
    }),
    does: ['leave a.b at 10 (changed-by-hand)'],
    ledger: [],
    skips: ['a-b: prefix-taken, a-b-, 10'],
    warns: ['changed-by-hand a.b at 10'],
  },
  {
    rule: 'gives the changed entry of a profile that is gone to the one that asks for just that',
    given: synced([wants('a.b')], {
      wanted: [wants('a-b', rotated)],
      entries: file(entryOf(wants('a.b', rotated))),
    }),
    does: ['adopt a-b at 10: as it is'],
  },
]);

table('Adopting', [
  {
    rule: 'adopts what CCS wrote and gives it its prefix',
    given: { wanted: [glm, km], entries: file(ccsEntryOf(km), foreign, ccsEntryOf(glm)), ledger: 'none' },
    does: ['adopt glm at 30: prefix', 'adopt km at 10: prefix'],
    file: [entryOf(km), foreign, entryOf(glm)],
  },
  {
    rule: 'tolerates the id that CCS’s dashboard adds',
    given: { wanted: [glm], entries: file(ccsEntryOf(glm, { otherFields: ['id'] })) },
    does: ['adopt glm at 10: prefix'],
    file: [entryOf(glm, { otherFields: ['id'] })],
  },
  {
    rule: 'adopts an entry that has the profile’s prefix already',
    given: { wanted: [glm], entries: file(entryOf(glm)), ledger: 'none' },
    does: ['adopt glm at 10: as it is'],
  },
  {
    rule: 'prefers the entry with the profile’s prefix to one without',
    given: { wanted: [glm], entries: file(ccsEntryOf(glm), entryOf(glm)) },
    does: ['adopt glm at 20: as it is'],
  },
  {
    rule: 'does not give what CCS wrote a prefix that a foreign entry has',
    given: { wanted: [glm], entries: file(ccsEntryOf(glm), entryOf(glm, { ...rotated, ...users })) },
    ledger: [],
    skips: ['glm: prefix-taken, glm-, 20'],
  },
  {
    rule: 'adopts an entry once: of two profiles with one key, the second gets its own',
    given: { wanted: [glm, { ...glm, profile: 'km', prefix: 'km-' }], entries: file(ccsEntryOf(glm)) },
    does: ['adopt glm at 10: prefix', 'add km (profile)'],
    file: [entryOf(glm), entryOf({ ...glm, prefix: 'km-' })],
    warns: ['glm-model of km is shared with an entry at 10'],
  },
  ...(
    [
      ['has headers and a priority', users],
      ['has a proxy of its own', { proxyUrl: 'http://127.0.0.1:9' }],
      ['has a model with an alias', { models: [item('glm-a', { alias: 'x' }), item('glm-b')] }],
      ['has a model with further fields', { models: [item('glm-a', { extra: true }), item('glm-b')] }],
      ['has its models in another order', { models: [item('glm-b'), item('glm-a')] }],
      ['has fewer models', { models: [item('glm-a')] }],
      ['holds an anchor or alias', { indirect: true }],
    ] as const
  ).map(([what, over]): Row => {
    const wanted = wants('glm', { models: ['glm-a', 'glm-b'] });
    return {
      rule: `does not adopt an entry that ${what}`,
      given: { wanted: [wanted], entries: file(ccsEntryOf(wanted, over)), forceModelPrefix: true },
      does: ['add glm (profile)'],
      file: [ccsEntryOf(wanted, over), entryOf(wanted)],
      warns: ['users-own glm at 10'],
    };
  }),
  {
    rule: 'does not adopt an entry with another prefix',
    given: {
      wanted: [glm],
      entries: file(entryOf({ ...glm, prefix: 'mine-' })),
    },
    does: ['add glm (profile)'],
    file: [entryOf({ ...glm, prefix: 'mine-' }), entryOf(glm)],
    warns: ['users-own glm at 10', 'glm-model of glm is shared with mine- at 10'],
  },
]);

table('Removing', [
  {
    rule: 'removes the entry of a profile that is gone, by prefix and key',
    given: synced([glm], { wanted: [], entries: file(foreign, entryOf(glm, users)) }),
    does: ['remove glm at 20 (profile-gone)'],
    file: [foreign],
  },
  {
    rule: 'removes it where CCS dropped its prefix',
    given: synced([glm], { wanted: [], entries: file(ccsEntryOf(glm), foreign) }),
    does: ['remove glm at 10 (profile-gone)'],
    file: [foreign],
  },
  {
    rule: 'leaves, forgets and reports it where its key was changed by hand',
    given: synced([glm], { wanted: [], entries: file(entryOf(glm, rotated)) }),
    does: ['leave glm at 10 (changed-by-hand)'],
    warns: ['changed-by-hand glm at 10'],
  },
  {
    rule: 'forgets it where it is gone already',
    given: synced([glm], { wanted: [], entries: file(foreign) }),
  },
  {
    rule: 'says why a profile that is still there is not synced any more',
    given: synced([glm, km], { wanted: [km], skipped: new Map([['glm', 'excluded']]) }),
    does: ['remove glm at 10 (excluded)'],
    file: [entryOf(km)],
  },
  {
    rule: 'keeps the entry of a profile that can not be read, drifted or not',
    given: synced([glm], {
      wanted: [],
      unreadable: new Set(['glm']),
      entries: file(entryOf(glm, rotated)),
    }),
    does: ['leave glm at 10 (unreadable)'],
    ledger: [lineOf(glm)],
  },
  {
    rule: 'remembers a profile that can not be read although its entry was deleted',
    given: synced([glm], { wanted: [], unreadable: new Set(['glm']), entries: [] }),
    does: ['leave glm (unreadable)'],
    ledger: [lineOf(glm)],
  },
  {
    rule: 'takes the last entry of ours out with the last profile',
    given: synced([glm], { wanted: [] }),
    does: ['remove glm at 10 (profile-gone)'],
    file: [],
  },
]);

table('An unknown world', [
  {
    rule: 'adds and removes nothing, but follows what it can read',
    given: synced([glm, km], { wanted: [{ ...glm, ...rotated }, wants('new')], worldKnown: false }),
    does: [
      'update glm at 10: apiKey (profile)',
      'leave new (world-unknown)',
      'leave km at 20 (world-unknown)',
    ],
    file: [entryOf({ ...glm, ...rotated }), entryOf(km)],
    ledger: [lineOf({ ...glm, ...rotated }), lineOf(km)],
  },
  {
    rule: 'neither adopts nor adds again',
    given: synced([glm], { wanted: [glm, km], entries: file(ccsEntryOf(km)), worldKnown: false }),
    does: ['leave glm (world-unknown)', 'leave km (world-unknown)'],
    ledger: [lineOf(glm)],
  },
  {
    rule: 'renames nothing: the profile that seems gone may be registered elsewhere',
    given: synced([glm], { wanted: [{ ...glm, profile: 'x', prefix: 'x-' }], worldKnown: false }),
    does: ['leave x (world-unknown)', 'leave glm at 10 (world-unknown)'],
    ledger: [lineOf(glm)],
  },
]);

table('Without a ledger, or with an old one', [
  {
    rule: 'adopts what is ours by the look of it when the ledger was lost, and says so',
    given: { wanted: [glm], entries: file(entryOf(glm), foreign), ledger: 'lost' },
    does: ['adopt glm at 10: as it is'],
    warns: ['ledger-lost'],
  },
  {
    rule: 'never deletes when the ledger was lost',
    given: { entries: file(entryOf(glm)), ledger: 'lost' },
    warns: ['ledger-lost'],
  },
  ...(['lost', 'none'] as const).map((ledger): Row => ({
    rule: `puts an entry with our prefix and base URL but another key to review (ledger ${ledger})`,
    given: { wanted: [{ ...glm, ...rotated }], entries: file(entryOf(glm)), ledger },
    does: ['review glm at 10: apiKey (key-differs)'],
    ledger: [],
    warns: ledger === 'lost' ? ['ledger-lost'] : [],
  })),
  {
    rule: 'gives such an entry the profile’s key once a person agreed',
    given: {
      wanted: [{ ...glm, ...rotated }],
      entries: file(entryOf(glm, users)),
      ledger: 'none',
      accepted: true,
    },
    does: ['update glm at 10: apiKey (take-over)'],
    file: [entryOf({ ...glm, ...rotated }, users)],
  },
  {
    rule: 'skips it where the base URL differs too',
    given: { wanted: [{ ...glm, ...rotated, ...moved }], entries: file(entryOf(glm)), ledger: 'lost' },
    ledger: [],
    skips: ['glm: prefix-taken, glm-, 10'],
    warns: ['ledger-lost'],
  },
  {
    rule: 'skips it where the user put more on it: with a lost ledger that may all be the user’s',
    given: { wanted: [glm], entries: file(entryOf(glm, users)), ledger: 'lost' },
    ledger: [],
    skips: ['glm: prefix-taken, glm-, 10'],
    warns: ['ledger-lost'],
  },
  {
    rule: 'only brings the ledger up to date where the file has a rotated token and new models already',
    given: synced([glm], {
      wanted: [{ ...glm, ...rotated, models: ['glm-model', 'glm-air'] }],
      entries: file(entryOf({ ...glm, ...rotated, models: ['glm-model', 'glm-air'] }, users)),
    }),
  },
  {
    rule: 'only brings the ledger up to date where the file has a new token and base URL already',
    given: synced([glm], {
      wanted: [{ ...glm, ...rotated, ...moved }],
      entries: file(entryOf({ ...glm, ...rotated, ...moved }, users)),
    }),
  },
  {
    rule: 'only brings the ledger up to date where the file lacks a removed entry already',
    given: synced([glm, km], { wanted: [km], entries: file(entryOf(km)) }),
  },
]);

table('Holds', [
  {
    rule: 'leaves an entry whose update was undone, whatever happens to it',
    given: synced([glm], {
      wanted: [{ ...glm, ...rotated }],
      entries: file(entryOf(glm, moved)),
      holds: [holdOf({ ...glm, ...rotated })],
    }),
    does: ['leave glm at 10 (held)'],
    ledger: [lineOf(glm)],
    holds: [holdOf({ ...glm, ...rotated })],
  },
  {
    rule: 'does not add a profile whose adding was undone, nor adopts what undoing an adoption gave back',
    given: { wanted: [glm, km], entries: file(ccsEntryOf(km)), holds: [holdOf(glm), holdOf(km)] },
    does: ['leave glm (held)', 'leave km (held)'],
    ledger: [],
    holds: [holdOf(glm), holdOf(km)],
  },
  {
    rule: 'keeps the entry from before an undone rename, under its old name',
    given: synced([glm], {
      wanted: [{ ...glm, profile: 'x', prefix: 'x-' }],
      holds: [holdOf({ ...glm, profile: 'x', prefix: 'x-' })],
    }),
    does: ['leave x at 10 (held)'],
    ledger: [lineOf(glm)],
    holds: [holdOf({ ...glm, profile: 'x', prefix: 'x-' })],
  },
  {
    rule: 'ends a hold when the profile asks for something else',
    given: synced([glm], { wanted: [{ ...glm, ...rotated }], holds: [holdOf({ ...glm, ...moved })] }),
    does: ['update glm at 10: apiKey (profile)'],
    file: [entryOf({ ...glm, ...rotated })],
  },
  {
    rule: 'counts the latest hold of a profile, not one that ended',
    given: synced([glm], {
      wanted: [{ ...glm, ...rotated }],
      holds: [holdOf(glm), holdOf({ ...glm, ...rotated })],
    }),
    does: ['leave glm at 10 (held)'],
    ledger: [lineOf(glm)],
    holds: [holdOf({ ...glm, ...rotated })],
  },
  {
    rule: 'ends a hold when a person syncs the profile by name',
    given: { wanted: [glm], holds: [holdOf(glm)], only: new Set(['glm']) },
    does: ['add glm (profile)'],
    file: [entryOf(glm)],
  },
  {
    rule: 'keeps a hold when a person syncs another profile by name, or accepts everything',
    given: { wanted: [glm, km], holds: [holdOf(glm)], only: new Set(['km']), accepted: true },
    does: ['add km (profile)'],
    file: [entryOf(km)],
    ledger: [lineOf(km)],
    holds: [holdOf(glm)],
  },
  { rule: 'ends a hold when the profile is gone', given: { holds: [holdOf(glm)] } },
  {
    rule: 'keeps a hold while the profile can not be read',
    given: { holds: [holdOf(glm)], unreadable: new Set(['glm']) },
    holds: [holdOf(glm)],
  },
  {
    rule: 'keeps a hold while the world is unknown',
    given: { holds: [holdOf(glm)], worldKnown: false },
    holds: [holdOf(glm)],
  },
  {
    rule: 'ends a hold on a profile that changed although the world is unknown',
    given: synced([glm], {
      wanted: [{ ...glm, ...rotated }],
      holds: [holdOf({ ...glm, ...moved })],
      worldKnown: false,
    }),
    does: ['update glm at 10: apiKey (profile)'],
    file: [entryOf({ ...glm, ...rotated })],
  },
]);

table('Profiles that were named', [
  {
    rule: 'adds, follows and removes only those',
    given: synced([glm, km, wants('gone'), wants('lost')], {
      wanted: [{ ...glm, ...rotated }, { ...km, ...rotated }, wants('new'), wants('other')],
      only: new Set(['glm', 'new', 'gone']),
    }),
    does: ['update glm at 10: apiKey (profile)', 'add new (profile)', 'remove gone at 30 (profile-gone)'],
    file: [entryOf({ ...glm, ...rotated }), entryOf(km), entryOf(wants('lost')), entryOf(wants('new'))],
    ledger: [lineOf({ ...glm, ...rotated }), lineOf(km), lineOf(wants('lost')), lineOf(wants('new'))],
  },
  {
    rule: 'leaves the entry of a renamed profile that was not named',
    given: synced([glm], { wanted: [{ ...glm, profile: 'x', prefix: 'x-' }], only: new Set(['km']) }),
    ledger: [lineOf(glm)],
  },
]);

const four = ['a', 'b', 'c', 'd'].map((name) => wants(name));
const massRemoval = { code: 'mass-removal', removed: 3, owned: 4 } as const;
const threeRemoved = {
  does: ['b', 'c', 'd'].map((name, index) => `remove ${name} at ${20 + 10 * index} (profile-gone)`),
  file: four.slice(0, 1).map((wanted) => entryOf(wanted)),
};

table('Consent', [
  {
    rule: 'asks before it removes three of four entries',
    given: synced(four, { wanted: four.slice(0, 1) }),
    ...threeRemoved,
    asks: [massRemoval],
  },
  {
    rule: 'does not ask again once a person agreed',
    given: synced(four, { wanted: four.slice(0, 1), accepted: true }),
    ...threeRemoved,
  },
  {
    rule: 'does not ask before it removes just half',
    given: synced(four, { wanted: four.slice(0, 2) }),
    does: ['remove c at 30 (profile-gone)', 'remove d at 40 (profile-gone)'],
    file: four.slice(0, 2).map((wanted) => entryOf(wanted)),
  },
  {
    rule: 'does not ask before it removes all three of three',
    given: synced(four.slice(0, 3), { wanted: [] }),
    does: ['a', 'b', 'c'].map((name, index) => `remove ${name} at ${10 + 10 * index} (profile-gone)`),
    file: [],
  },
  {
    rule: 'counts only entries that are there',
    given: synced([...four, ...['e', 'f', 'g', 'h'].map((name) => wants(name))], {
      wanted: four.slice(0, 1),
      entries: file(...four.map((wanted) => entryOf(wanted))),
    }),
    ...threeRemoved,
    asks: [massRemoval],
  },
  {
    rule: 'asks before an adopted entry gets its prefix under force-model-prefix',
    given: { wanted: [glm, km], entries: file(ccsEntryOf(glm), entryOf(km)), forceModelPrefix: true },
    does: ['adopt glm at 10: prefix', 'adopt km at 20: as it is'],
    file: [entryOf(glm), entryOf(km)],
    asks: [{ code: 'force-model-prefix', profiles: ['glm'] }],
  },
  {
    rule: 'does not ask before giving back a prefix that CCS dropped under force-model-prefix',
    given: synced([glm], { entries: file(ccsEntryOf(glm)), forceModelPrefix: true }),
    does: ['update glm at 10: prefix (drift)'],
    file: [entryOf(glm)],
  },
]);

const builtIn = wants('glm', { models: [] });

table('Warnings', [
  {
    rule: 'names the entries that serve a new bare name too, and the other sections',
    given: {
      wanted: [glm],
      entries: file(entryOf(wants('own'), { models: [item('x', { alias: 'glm-model' })] })),
      otherModelNames: new Set(['glm-model', 'gpt']),
    },
    does: ['add glm (profile)'],
    file: [entryOf(wants('own'), { models: [item('x', { alias: 'glm-model' })] }), entryOf(glm)],
    warns: ['glm-model of glm is shared with own- at 10, another section'],
  },
  {
    rule: 'says that an entry without models shares the Claude names with another section',
    given: { wanted: [builtIn], otherModelNames: new Set(['claude-opus-4-5']) },
    does: ['add glm (profile)'],
    file: [entryOf(builtIn)],
    warns: ['claude-* of glm is shared with another section'],
  },
  {
    rule: 'says that an entry without models shares a Claude name with another entry',
    given: { wanted: [builtIn], entries: file({ ...foreign, models: [item('claude-opus-4-5')] }) },
    does: ['add glm (profile)'],
    file: [{ ...foreign, models: [item('claude-opus-4-5')] }, entryOf(builtIn)],
    warns: ['claude-opus-4-5 of glm is shared with own- at 10'],
  },
  {
    rule: 'names only those bare names that an update brings',
    given: synced([{ ...glm, models: ['a'] }], {
      wanted: [{ ...glm, models: ['a', 'b'] }],
      entries: file(
        entryOf({ ...glm, models: ['a'] }),
        entryOf(wants('own'), { models: [item('a'), item('b')] }),
      ),
    }),
    does: ['update glm at 10: add model (profile)'],
    file: [
      entryOf({ ...glm, models: ['a', 'b'] }),
      entryOf(wants('own'), { models: [item('a'), item('b')] }),
    ],
    warns: ['b of glm is shared with own- at 20'],
  },
  {
    rule: 'knows that a replaced name behind an alias is no bare name',
    given: synced([glm], {
      wanted: [{ ...glm, models: ['b'] }],
      entries: file(
        entryOf(glm, { models: [item('glm-model', { alias: 'best' })] }),
        entryOf(wants('own'), { models: [item('b')] }),
      ),
    }),
    does: ['update glm at 10: rename model (profile)'],
    file: [
      entryOf(glm, { models: [item('b', { alias: 'best' })] }),
      entryOf(wants('own'), { models: [item('b')] }),
    ],
  },
  {
    rule: 'says nothing of names that stay shared, or that a removal frees',
    given: synced([glm, { ...km, models: glm.models }], {
      wanted: [{ ...glm, ...rotated }],
      entries: file(
        entryOf(glm),
        entryOf({ ...km, models: glm.models }),
        entryOf(wants('own', { models: glm.models }), users),
      ),
    }),
    does: ['update glm at 10: apiKey (profile)', 'remove km at 20 (profile-gone)'],
    file: [entryOf({ ...glm, ...rotated }), entryOf(wants('own', { models: glm.models }), users)],
  },
  {
    rule: 'says nothing of bare names under force-model-prefix: nobody can ask for them',
    given: { wanted: [glm, { ...km, models: glm.models }], forceModelPrefix: true },
    does: ['add glm (profile)', 'add km (profile)'],
    file: [entryOf(glm), entryOf({ ...km, models: glm.models })],
  },
  {
    rule: 'says nothing of a shared prefix that is freed by this very plan',
    given: synced([glm], { wanted: [], entries: file(entryOf(glm), entryOf(glm, { ...rotated, ...users })) }),
    does: ['remove glm at 10 (profile-gone)'],
    file: [entryOf(glm, { ...rotated, ...users })],
  },
]);

describe('the first sync to a server of others', () => {
  const asks = [{ code: 'first-sync', entries: 1 }] as const;
  const started = { wanted: [glm], entries: file(foreign), asksFirst: true } as const;
  const added = { does: ['add glm (profile)'], file: [foreign, entryOf(glm)] };
  const rows: readonly Row[] = [
    { rule: 'asks where others have entries', given: { ...started, ledger: 'none' }, ...added, asks },
    {
      rule: 'asks again where the ledger was lost',
      given: { ...started, ledger: 'lost' },
      ...added,
      asks,
      warns: ['ledger-lost'],
    },
    { rule: 'does not ask twice', given: { ...started, ledger: 'known' }, ...added },
    {
      rule: 'does not ask once a person agreed',
      given: { ...started, ledger: 'none', accepted: true },
      ...added,
    },
    {
      rule: 'does not ask where nothing is written',
      given: { ...started, ledger: 'none', wanted: [] },
      file: [foreign],
    },
    {
      rule: 'asks before an entry there becomes ours: another machine may keep it',
      given: { ...started, ledger: 'none', entries: file(ccsEntryOf(glm)) },
      does: ['adopt glm at 10: prefix'],
      file: [entryOf(glm)],
      asks: [{ code: 'adoption', profiles: ['glm'] }],
    },
    {
      rule: 'asks so on a later sync, too',
      given: { ...started, ledger: 'known', entries: file(foreign, entryOf(glm)) },
      does: ['adopt glm at 20: as it is'],
      file: [foreign, entryOf(glm)],
      asks: [{ code: 'adoption', profiles: ['glm'] }],
    },
    {
      rule: 'makes it ours once a person agreed',
      given: { ...started, ledger: 'none', entries: file(entryOf(glm)), accepted: true },
      does: ['adopt glm at 10: as it is'],
      file: [entryOf(glm)],
    },
    {
      rule: 'makes entries of the local file ours without a word',
      given: { ...started, ledger: 'none', asksFirst: false, entries: file(entryOf(glm)) },
      does: ['adopt glm at 10: as it is'],
      file: [entryOf(glm)],
    },
    {
      rule: 'does not ask for the local file',
      given: { ...started, ledger: 'none', asksFirst: false },
      ...added,
    },
  ];
  it.each(rows)('$rule', (row) =>
    check({ ...row, ledger: row.given.wanted?.length === 0 ? [] : [lineOf(glm)] }),
  );
});
