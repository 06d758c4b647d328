import { err, ok, type Result } from '../../../shared/result.ts';
import { CatalogProvider, type CatalogFault } from '../../../shared/schema/catalog.ts';
import type { AskChannel } from './catalog-access.ts';
import type { RemoteModels } from './catalog-cache.ts';
import { readRemoteModels, type RemoteModel } from './remote-model.ts';

/** The server's channel of each provider (domain of CLIProxyAPI 7.2.99). */
const CHANNELS: Readonly<Record<CatalogProvider, string>> = {
  agy: 'antigravity',
  gemini: 'gemini',
  codex: 'codex',
  claude: 'claude',
  kimi: 'kimi',
  xai: 'xai',
};

/** Those whose absence is a failure; older servers know no others. */
const EXPECTED: ReadonlySet<CatalogProvider> = new Set(['agy', 'gemini', 'codex', 'claude']);

export interface FetchedCatalog {
  readonly providers: RemoteModels;
  readonly failed: readonly { readonly provider: CatalogProvider; readonly why: CatalogFault }[];
}

/**
 * Asks a proxy for the definitions of all providers. The first is asked alone, so that a key that is refused is sent
 * once and no more: five refusals shut everybody out for 30 minutes. Error: why no provider brought anything.
 */
export async function fetchCatalog(ask: AskChannel): Promise<Result<FetchedCatalog, CatalogFault>> {
  const [first, ...others] = CatalogProvider.options;
  if (first === undefined) throw new Error('the catalog has no provider');
  const firstAnswer = await fetchProvider(ask, first);
  if (!firstAnswer.ok && concernsAll(firstAnswer.error)) return err(firstAnswer.error);
  const answers = [
    { provider: first, answer: firstAnswer },
    ...(await Promise.all(
      others.map(async (provider) => ({ provider, answer: await fetchProvider(ask, provider) })),
    )),
  ];
  const providers: RemoteModels = Object.fromEntries(
    answers.flatMap(({ provider, answer }) => (answer.ok ? [[provider, answer.value]] : [])),
  );
  const failed = answers.flatMap(({ provider, answer }) =>
    answer.ok || !EXPECTED.has(provider) ? [] : [{ provider, why: answer.error }],
  );
  const [failure] = failed;
  if (Object.keys(providers).length === 0) return err(failure?.why ?? 'empty');
  return ok({ providers, failed });
}

async function fetchProvider(
  ask: AskChannel,
  provider: CatalogProvider,
): Promise<Result<readonly RemoteModel[], CatalogFault>> {
  const answer = await ask(CHANNELS[provider]);
  if (!answer.ok) return answer;
  const models = readRemoteModels(answer.value);
  if (models.length > 0) return ok(models);
  return err(answer.value.length === 0 ? 'empty' : 'bad-answer');
}

/** What the next provider would be answered, too. */
function concernsAll(fault: CatalogFault): boolean {
  return fault !== 'empty' && fault !== 'bad-answer' && fault !== 'server-error';
}
