import { describe, expect, it } from 'vitest';
import { barShare, shortTokens } from './token-counts.ts';

describe('a number of tokens', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1000, '1k'],
    [8192, '8.2k'],
    [64_000, '64k'],
    [200_000, '200k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [1_000_000, '1M'],
    [1_048_576, '1M'],
    [1_500_000, '1.5M'],
    [10_000_000, '10M'],
  ])('%d is written as %s', (tokens, text) => {
    expect(shortTokens(tokens)).toBe(text);
  });

  it('fills its bar where it is the most, and never none of it', () => {
    expect(barShare(1_000_000, 1_000_000)).toBe(1);
    expect(barShare(2_000_000, 1_000_000)).toBe(1);
    expect(barShare(1, 1_000_000)).toBeGreaterThan(0);
    expect(barShare(0, 0)).toBeGreaterThan(0);
  });

  it('adds as much to its bar with each doubling', () => {
    const step = (tokens: number): number => barShare(tokens * 2, 1_000_000) - barShare(tokens, 1_000_000);
    expect(step(8_000)).toBeCloseTo(step(128_000));
  });
});
