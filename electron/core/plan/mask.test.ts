import { describe, expect, it } from 'vitest';
import { testFingerprint } from '../../testing/plan-world.ts';
import { maskKey, maskUrl } from './mask.ts';

describe('maskKey', () => {
  it('shows the last four characters of a key from twelve on', () => {
    expect(maskKey('sk-test-3f9a', testFingerprint).last4).toBe('3f9a');
    expect(maskKey('sk-test-f9a', testFingerprint).last4).toBeNull();
  });

  it('tells equal keys by a short fingerprint', () => {
    const one = maskKey('sk-test-one', testFingerprint);
    expect(one).toEqual(maskKey('sk-test-one', testFingerprint));
    expect(one.fingerprint).not.toBe(maskKey('sk-test-two', testFingerprint).fingerprint);
    expect(one.fingerprint).toHaveLength(12);
  });

  it('says that there is no key', () => {
    expect(maskKey('', testFingerprint)).toEqual({ present: false, last4: null, fingerprint: '' });
  });
});

describe('maskUrl', () => {
  it.each([
    ['https://api.test/v1', 'https://api.test/v1'],
    ['', ''],
    ['https://user:sk-test@api.test/v1', 'https://…@api.test/v1'],
    ['https://user:sk/te@st@api.test/v1', 'https://…@api.test/v1'],
    ['user:sk-test@api.test', '…@api.test'],
    ['https://api.test/v1?key=sk-test', 'https://api.test/v1?…'],
    ['https://api.test/v1#sk-test', 'https://api.test/v1#…'],
  ])('shows %j as %j', (url, shown) => {
    expect(maskUrl(url)).toBe(shown);
  });
});
