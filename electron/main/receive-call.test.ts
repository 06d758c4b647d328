import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/result.ts';
import { MOST_BODY_BYTES } from '../service/http-answer.ts';
import { receiveCall, type ReceivedCall } from './receive-call.ts';

const PAGE = { isOwnFrame: true, isPage: true };

async function received(call: Partial<ReceivedCall>): Promise<{ answer: unknown; called: string[] }> {
  const called: string[] = [];
  const answer = await receiveCall({ sender: PAGE, method: 'state.get', input: {}, ...call }, (method) => {
    called.push(method);
    return Promise.resolve(ok(method));
  });
  return { answer, called };
}

describe('a call over IPC', () => {
  it('goes through where our page makes it', async () => {
    expect(await received({})).toEqual({ answer: ok('state.get'), called: ['state.get'] });
  });

  it.each([
    ['another frame', { sender: { isOwnFrame: false, isPage: true } }, 'origin'],
    ['another page in our window', { sender: { isOwnFrame: true, isPage: false } }, 'origin'],
    ['no method', { method: undefined }, 'path'],
    ['a method that is no text', { method: { toString: () => 'state.get' } }, 'path'],
    ['a long method', { method: 'x'.repeat(100_000) }, 'path'],
    ['an input over the bound', { input: { text: 'x'.repeat(MOST_BODY_BYTES) } }, 'size'],
    ['an input that is no plain data', { input: new Map([['name', 'glm']]) }, 'size'],
  ])('is refused from or with %s', async (_name, call, part) => {
    expect(await received(call)).toEqual({
      answer: { ok: false, error: { code: 'request-refused', part } },
      called: [],
    });
  });
});
