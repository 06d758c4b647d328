import { describe, expect, it } from 'vitest';
import { listChange } from './list-change.ts';

const FOREIGN = { 'api-key': 'sk-test-foreign', priority: 5, headers: { 'X-Team': 'blue' }, models: null };
const GLM = {
  'api-key': 'sk-test-glm',
  prefix: 'glm-',
  'base-url': 'http://a',
  models: [{ name: 'glm-5', alias: '' }],
};
const KIMI = { 'api-key': 'sk-test-kimi', prefix: 'kimi-', 'base-url': 'http://b' };

describe('listChange', () => {
  it('finds nothing to do where a server tells an empty field in another way', () => {
    const after = [
      { ...FOREIGN, models: [], 'proxy-url': '' },
      { ...KIMI, prefix: 'kimi-', models: null },
    ];
    expect(listChange([FOREIGN, KIMI], after)).toEqual({ kind: 'none' });
  });

  it('updates one entry by the key that it had', () => {
    const after = [FOREIGN, { ...GLM, 'api-key': 'sk-test-new', 'base-url': 'http://c' }];
    const value = { 'api-key': 'sk-test-new', 'base-url': 'http://c' };
    expect(listChange([FOREIGN, GLM], after)).toEqual({ kind: 'update', key: 'sk-test-glm', value });
  });

  it('empties a field that went', () => {
    const after = [{ 'api-key': 'sk-test-glm', 'base-url': 'http://a' }];
    const value = { prefix: '', models: [] };
    expect(listChange([GLM], after)).toEqual({ kind: 'update', key: 'sk-test-glm', value });
  });

  it('removes one entry by its key, wherever it stands', () => {
    const change = { kind: 'remove', key: 'sk-test-glm' };
    expect(listChange([FOREIGN, GLM, KIMI], [FOREIGN, KIMI])).toEqual(change);
    expect(listChange([GLM], [])).toEqual(change);
    expect(listChange([KIMI, GLM], [KIMI])).toEqual(change);
  });

  it.each([
    ['an added entry', [GLM], [GLM, KIMI]],
    ['an entry that is added first', [GLM], [KIMI, GLM]],
    [
      'two changes',
      [GLM, KIMI],
      [
        { ...GLM, prefix: 'a-' },
        { ...KIMI, prefix: 'b-' },
      ],
    ],
    ['two removals', [GLM, KIMI, FOREIGN], [FOREIGN]],
    ['another order', [GLM, KIMI], [KIMI, GLM]],
    ['a field that PATCH does not know', [FOREIGN], [{ ...FOREIGN, priority: 1 }]],
    ['a field that goes', [FOREIGN], [{ 'api-key': 'sk-test-foreign', priority: 5 }]],
    ['a field with the name of something inherited', [GLM], [{ ...GLM, constructor: 'x' }]],
    ['a key that goes', [GLM], [{ ...GLM, 'api-key': '' }]],
    [
      'a key that stands twice',
      [GLM, { ...GLM, prefix: 'b-' }],
      [
        { ...GLM, prefix: 'c-' },
        { ...GLM, prefix: 'b-' },
      ],
    ],
    ['a removal of a key that stands twice', [GLM, { ...GLM, prefix: 'b-' }], [GLM]],
    [
      'a key that is another one but for spaces',
      [GLM, { ...KIMI, 'api-key': ' sk-test-glm' }],
      [{ ...KIMI, 'api-key': ' sk-test-glm' }],
    ],
    ['a key with spaces', [{ ...GLM, 'api-key': 'sk-test-glm ' }], []],
    ['an entry without a key', [{ prefix: 'x-' }], [{ prefix: 'y-' }]],
  ])('sends the whole list for %s', (_name, before, after) => {
    expect(listChange(before, after)).toEqual({ kind: 'replace' });
  });
});
