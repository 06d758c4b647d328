import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.ts';

describe('turns', () => {
  it('are taken one at a time, in order, whatever becomes of those before', async () => {
    const turns = createTurns();
    const log: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const one = turns.take(work('one', true));
    const two = turns.take(work('two'));
    await expect(one).rejects.toThrow('one');
    expect(await two).toBe('two');
    expect(log).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('are idle only when nobody waits for one, also those who asked meanwhile', async () => {
    const turns = createTurns();
    let done = 0;
    const nested = turns.take(async () => {
      await Promise.resolve();
      void turns.take(async () => {
        await Promise.resolve();
        done += 1;
      });
    });
    await turns.idle();
    await nested;
    expect(done).toBe(1);
  });
});
