import { describe, expect, it } from 'vitest';
import { createNewestSender, type NewestSender } from './newest-sender.ts';

function sender(): NewestSender<number> & { readonly sent: number[] } {
  const sent: number[] = [];
  return { ...createNewestSender<number>((value) => sent.push(value)), sent };
}

describe('the states of a window', () => {
  it('come at once where there is one, and when the next is there where there is none', () => {
    const early = sender();
    early.offer(1);
    expect(early.sent).toEqual([]);
    early.ask('present');
    expect(early.sent).toEqual([1]);
    const late = sender();
    late.ask('present');
    late.offer(1);
    expect(late.sent).toEqual([1]);
  });

  it('skip those that a slow window has not asked for', () => {
    const one = sender();
    one.ask('present');
    for (const value of [1, 2, 3, 4]) one.offer(value);
    expect(one.sent).toEqual([1]);
    one.ask('next');
    expect(one.sent).toEqual([1, 4]);
  });

  it('are not sent twice, unless the page was loaded anew', () => {
    const one = sender();
    one.offer(1);
    one.ask('present');
    one.ask('next');
    one.ask('next');
    expect(one.sent).toEqual([1]);
    one.ask('present');
    expect(one.sent).toEqual([1, 1]);
    one.offer(2);
    expect(one.sent).toEqual([1, 1]);
  });
});
