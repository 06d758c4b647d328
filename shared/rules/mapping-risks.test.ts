import { describe, expect, it } from 'vitest';
import { mappingRisks } from './mapping-risks.ts';

describe('the risks of a base URL', () => {
  it.each([
    ['', []],
    ['https://api.z.ai/api/anthropic', []],
    ['https://openrouter.ai/api/v1', [{ code: 'ends-in-v1', suggested: 'https://openrouter.ai/api' }]],
    ['https://x.example/v1/', [{ code: 'ends-in-v1', suggested: 'https://x.example' }]],
    ['https://x.example/apiv1', []],
    ['https://api.kimi.com/coding/', [{ code: 'ends-in-slash', suggested: 'https://api.kimi.com/coding' }]],
    ['ftp://x.example', [{ code: 'not-http', scheme: 'ftp' }]],
    ['x.example/api', [{ code: 'unparsable' }]],
    ['https://x.example/a b', [{ code: 'white-space' }]],
    ['https://x.example/a\u0007', [{ code: 'white-space' }]],
    ['https://x.exa\nmple', [{ code: 'white-space' }]],
    [
      'nothing like it/',
      [
        { code: 'unparsable' },
        { code: 'white-space' },
        { code: 'ends-in-slash', suggested: 'nothing like it' },
      ],
    ],
  ])('of %j are %j', (baseUrl, risks) => expect(mappingRisks(baseUrl)).toEqual(risks));

  it('are told of a million slashes in no time', () => {
    expect(mappingRisks(`https://x.example/${'/'.repeat(1_000_000)}x`)).toEqual([]);
  });
});
