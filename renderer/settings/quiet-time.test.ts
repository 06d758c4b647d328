import { describe, expect, it } from 'vitest';
import { SettingsChange } from '../../shared/schema/settings.ts';
import { quietTimeProblem } from './quiet-time.ts';

describe('a quiet time as it is typed', () => {
  it.each(['50', '250', ' 60000 '])('is fine as "%s"', (typed) => {
    expect(quietTimeProblem(typed)).toBe(null);
  });

  it.each(['', '1.5', '-200', '2e3', 'fast', '0x40'])('is no number of milliseconds as "%s"', (typed) => {
    expect(quietTimeProblem(typed)).toBe('Enter a whole number of milliseconds');
  });

  it.each(['0', '49', '60001', '99999999999999999999'])('is outside as "%s"', (typed) => {
    expect(quietTimeProblem(typed)).toBe('Enter a number from 50 to 60000');
  });

  it('is refused by the service just where a problem is shown', () => {
    for (const typed of ['49', '50', '60000', '60001']) {
      const isTaken = SettingsChange.safeParse({ quietMs: Number(typed) }).success;
      expect(isTaken, typed).toBe(quietTimeProblem(typed) === null);
    }
  });
});
