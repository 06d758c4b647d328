import { describe, expect, it } from 'vitest';
import { checkProfileName } from '../../shared/rules/profile-name.ts';
import { copyName, freeName, nameProblem } from './name-problem.ts';

describe('the name of a profile', () => {
  it('is right where the core takes it', () => {
    expect(nameProblem('my.custom-1_x', ['glm'])).toBeNull();
  });

  it('is not judged before it is typed', () => {
    expect(nameProblem('', [])).toBeNull();
  });

  it.each(['1st', 'a b', 'codex', 'x'.repeat(33), 'ключ'])(
    'is refused as the core refuses it: %s',
    (name) => {
      expect(checkProfileName(name).ok).toBe(false);
      expect(nameProblem(name, [])).not.toBeNull();
    },
  );

  it('is taken where another one differs only in case', () => {
    expect(nameProblem('GLM', ['glm'])).toContain('GLM');
  });

  it('of a copy is free, and short enough', () => {
    const long = 'x'.repeat(32);
    expect(copyName('glm', ['glm'])).toBe('glm-copy');
    expect(copyName('glm', ['glm', 'glm-copy'])).toBe('glm-copy-2');
    expect(checkProfileName(copyName(long, [long])).ok).toBe(true);
  });

  it('gets the first number that makes it free', () => {
    expect(freeName('glm', [])).toBe('glm');
    expect(freeName('glm', ['glm', 'glm-2'])).toBe('glm-3');
  });
});
