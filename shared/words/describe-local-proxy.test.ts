import { describe, expect, it } from 'vitest';
import type { LocalProxy } from '../schema/proxy-key.ts';
import { describeKeyFit, describeLocalProxy } from './describe-local-proxy.ts';
import { clauseFaults, sentenceFaults } from './testing/text-faults.ts';

const URL = 'http://127.0.0.1:8317';
const ELSEWHERE = 'http://127.0.0.1:8318';
const all: Readonly<Record<LocalProxy['known'], true>> = {
  kept: true,
  variable: true,
  ccs: true,
  'ccs-default': true,
  none: true,
  off: true,
  unknown: true,
};
const knowns = Object.keys(all) as LocalProxy['known'][];

describe('the words of the local proxy’s management key', () => {
  it.each(knowns)('say how it is known, and what becomes of one that is kept: %s', (known) => {
    const texts = [null, URL, ELSEWHERE].map((keptFor) => describeLocalProxy({ url: URL, known, keptFor }));
    expect(texts.flatMap(sentenceFaults)).toEqual([]);
    expect(new Set(texts).size).toBe(known === 'kept' ? 1 : 3);
  });

  it('name the address of one that is not sent any more', () => {
    expect(describeLocalProxy({ url: URL, known: 'none', keptFor: ELSEWHERE })).toContain(ELSEWHERE);
  });

  it('say what came of one that was given', () => {
    for (const fit of ['fits', 'unknown', null] as const) {
      expect(sentenceFaults(describeKeyFit(fit).what)).toEqual([]);
      expect(describeKeyFit(fit).next).toBeNull();
    }
    const { what, next } = describeKeyFit('refused');
    expect([...clauseFaults(what), ...sentenceFaults(next ?? '')]).toEqual([]);
  });
});
