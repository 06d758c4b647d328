import { describe, expect, it } from 'vitest';
import type { MappingRisk } from '../rules/mapping-risks.ts';
import type { ConsentReason, PlanWarning } from '../schema/plan.ts';
import { describeConsent, describeWarning } from './describe-warning.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

const risks: Readonly<Record<MappingRisk['code'], string>> = {
  'ends-in-v1': 'https://api.test/v1',
  'ends-in-slash': 'https://api.test/',
  'not-http': 'ftp://api.test',
  'white-space': 'https://api.test/ x',
  unparsable: 'api.test',
};

const sharing = {
  code: 'shared-bare-name',
  name: 'glm-5',
  profiles: ['glm'],
  others: [],
  elsewhere: false,
} as const;

const warnings: { readonly [Code in PlanWarning['code']]: readonly Extract<PlanWarning, { code: Code }>[] } =
  {
    'shared-bare-name': [
      { ...sharing, profiles: ['glm', 'mm'] },
      { ...sharing, others: [{ prefix: 'mine-', line: 12 }] },
      { ...sharing, others: [{ prefix: '', line: 12 }], elsewhere: true },
      { ...sharing, others: [{ prefix: 'mine-', line: null }] },
      { ...sharing, others: [{ prefix: '', line: null }] },
    ],
    'prefix-shared': [12, null].map((line) => ({
      code: 'prefix-shared',
      profile: 'glm',
      prefix: 'glm-',
      line,
    })),
    'users-own': [12, null].map((line) => ({ code: 'users-own', profile: 'glm', line })),
    'changed-by-hand': [12, null].map((line) => ({ code: 'changed-by-hand', profile: 'glm', line })),
    'ledger-lost': [{ code: 'ledger-lost' }],
    'base-url': [...Object.entries(risks), ['a-later-one', 'https://api.test'] as const].map(
      ([risk, baseUrl]) => ({
        code: 'base-url',
        profile: 'glm',
        risk,
        baseUrl,
      }),
    ),
    'fields-dropped': [
      { code: 'fields-dropped', prefix: 'mine-', fields: ['note', 'owner'] },
      { code: 'fields-dropped', prefix: '', fields: ['note'] },
    ],
    'readable-by-others': [{ code: 'readable-by-others', path: '/home/ana b/config.yaml', mode: '644' }],
    'registry-unreadable': [
      { code: 'registry-unreadable', path: '/home/ana/.ccs/config.yaml', lastKnown: true },
      { code: 'registry-unreadable', path: '/home/ana/.ccs/config.yaml', lastKnown: false },
    ],
  };

const consents: { readonly [Code in ConsentReason['code']]: Extract<ConsentReason, { code: Code }> } = {
  'mass-removal': { code: 'mass-removal', removed: 3, owned: 4 },
  'first-sync': { code: 'first-sync', entries: 3 },
  adoption: { code: 'adoption', profiles: ['glm', 'mm'] },
  'force-model-prefix': { code: 'force-model-prefix', profiles: ['glm', 'mm'] },
};

const allWarnings = Object.values<readonly PlanWarning[]>(warnings).flat();

describe('the words of a warning', () => {
  it.each(allWarnings)('say what is the matter and what to do: $code $risk', (warning) => {
    const { what, next } = describeWarning(warning);
    expect([...clauseFaults(what), ...sentenceFaults(next)]).toEqual([]);
  });

  it('differ for each warning', () => {
    const texts = allWarnings.map((warning) => describeWarning(warning).what);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('name everyone who shares a model name', () => {
    const others = [
      { prefix: 'mine-', line: 12 },
      { prefix: '', line: 20 },
    ];
    const { what } = describeWarning({ ...sharing, others, elsewhere: true });
    expect(what).toBe(
      'Requests for glm-5 without a prefix are shared among glm, mine- (line 12), the entry at line 20 and another section of the file',
    );
  });

  it('give the command that closes a file to others, as a shell takes it', () => {
    const { next } = describeWarning({
      code: 'readable-by-others',
      path: '/home/ana b/config.yaml',
      mode: '644',
    });
    expect(next).toBe("Run `chmod 600 '/home/ana b/config.yaml'`.");
  });
});

describe('the words of a reason for consent', () => {
  it.each(Object.values<ConsentReason>(consents))('say why $code asks', (reason) => {
    expect(clauseFaults(describeConsent(reason))).toEqual([]);
  });

  it('count what would go', () => {
    expect(describeConsent(consents['mass-removal'])).toBe('3 of 4 entries would be removed');
  });
});
