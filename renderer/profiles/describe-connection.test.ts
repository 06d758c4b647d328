import { describe, expect, it } from 'vitest';
import type { ConnectionTest } from '../../shared/schema/profile.ts';
import { clauseFaults, sentenceFaults } from '../../shared/words/testing/text-faults.ts';
import { describeConnection } from './describe-connection.ts';

const unknown = (
  why: Extract<ConnectionTest, { state: 'unknown' }>['why'],
  status: number | null = null,
): ConnectionTest => ({ state: 'unknown', why, status });

const TESTS: readonly ConnectionTest[] = [
  { state: 'works', status: 200 },
  { state: 'refused', status: 401 },
  ...['refused-connection', 'ENOTFOUND', 'EHOSTUNREACH', 'ECONNRESET', 'EACCES', 'ESOMETHING'].map(
    (why): ConnectionTest => ({ state: 'unreachable', why }),
  ),
  ...(['timeout', 'tls-failed', 'bad-answer', 'no-model', 'bad-key', 'bad-base-url'] as const).map((why) =>
    unknown(why),
  ),
  unknown('redirect', 308),
  ...[400, 404, 418, 422, 429, 500, 529].map((status) => unknown('status', status)),
];

describe('what a test of the connection showed', () => {
  it.each(TESTS.map((test) => [JSON.stringify(test), test] as const))('reads well: %s', (_text, test) => {
    const { what, next } = describeConnection(test);
    expect(clauseFaults(what)).toEqual([]);
    expect(next === null ? [] : sentenceFaults(next)).toEqual([]);
  });

  it('is good only where it works, and bad only where that was seen', () => {
    const tones = TESTS.map((test) => [test.state, describeConnection(test).tone]);
    expect(new Set(tones.map(([state, tone]) => `${state} ${tone}`))).toEqual(
      new Set(['works good', 'refused bad', 'unreachable bad', 'unknown warn']),
    );
  });

  it('tells the status where there was one', () => {
    expect(describeConnection({ state: 'refused', status: 403 }).what).toContain('403');
    expect(describeConnection(unknown('status', 529)).what).toContain('529');
  });
});
