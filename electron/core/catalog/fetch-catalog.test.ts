import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CatalogFault } from '../../../shared/schema/catalog.ts';
import { fetchCatalog, type FetchedCatalog } from './fetch-catalog.ts';

interface Fetch {
  readonly result: Result<FetchedCatalog, CatalogFault>;
  /** The channels that were asked, in order. */
  readonly asked: readonly string[];
  /** The most that were asked at once. */
  readonly atOnce: number;
}

/** Fetches from a proxy that answers so to each channel that is named, and with a model to all others. */
async function fetching(answers: Readonly<Record<string, CatalogFault | 'nothing'>>): Promise<Fetch> {
  const asked: string[] = [];
  let open = 0;
  let atOnce = 0;
  const result = await fetchCatalog(async (channel) => {
    asked.push(channel);
    open += 1;
    atOnce = Math.max(atOnce, open);
    await Promise.resolve();
    open -= 1;
    const answer = answers[channel];
    if (answer === 'nothing') return ok([]);
    return answer === undefined ? ok([{ id: `${channel}-live` }]) : err(answer);
  });
  return { result, asked, atOnce };
}

const REST = {
  gemini: 'refused',
  codex: 'refused',
  claude: 'refused',
  kimi: 'refused',
  xai: 'refused',
} as const;

describe('fetching the definitions', () => {
  it('asks all channels at once as soon as the first has let us in', async () => {
    const { result, asked, atOnce } = await fetching({});
    expect(result).toMatchObject({ ok: true, value: { failed: [] } });
    expect([asked.length, atOnce]).toEqual([6, 5]);
  });

  it.each(['server-error', 'bad-answer'] as const)(
    'asks one channel alone after another as long as they answer %s, and stops at the first refusal',
    async (fault) => {
      const { result, asked, atOnce } = await fetching({ antigravity: fault, ...REST });
      expect(result).toEqual(err('refused'));
      expect([asked, atOnce]).toEqual([['antigravity', 'gemini'], 1]);
    },
  );

  it('takes 200 for being let in, also where no model came with it', async () => {
    const { result, asked, atOnce } = await fetching({ antigravity: 'nothing' });
    expect(result).toMatchObject({ ok: true, value: { failed: [{ provider: 'agy', why: 'empty' }] } });
    expect([asked.length, atOnce]).toEqual([6, 5]);
  });

  it.each(['refused', 'forbidden'] as const)(
    'tells of %s whatever other channels answered, so that it is remembered',
    async (fault) => {
      expect((await fetching({ gemini: 'server-error', codex: fault })).result).toEqual(err(fault));
    },
  );

  it('tells why where no channel lets us in, each asked once', async () => {
    const all = Object.fromEntries(
      [...Object.keys(REST), 'antigravity'].map((name) => [name, 'server-error']),
    );
    const { result, asked, atOnce } = await fetching(all as Parameters<typeof fetching>[0]);
    expect(result).toEqual(err('server-error'));
    expect([asked.length, atOnce]).toEqual([6, 1]);
  });
});
