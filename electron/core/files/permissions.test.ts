import { describe, expect, it } from 'vitest';
import { looseMode } from './permissions.ts';

describe('looseMode', () => {
  it.each([
    [0o600, false],
    [0o700, false],
    [0o620, false],
    [0o640, true],
    [0o604, true],
    [0o644, true],
  ])('of %o is %s', (mode, expected) => {
    expect(looseMode(mode, 'linux')).toBe(expected);
  });

  it('finds nothing on Windows, where mode bits say nothing', () => {
    expect(looseMode(0o666, 'win32')).toBe(false);
  });
});
