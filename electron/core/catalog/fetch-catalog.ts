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

/** What the fetch of one provider came to. */
interface Fetched {
  readonly provider: CatalogProvider;
  readonly answer: Result<readonly RemoteModel[], CatalogFault>;
  /** It answered 200, whatever it told: the key is the right one. */
  readonly letIn: boolean;
}

/**
 * Asks a proxy for the definitions of all providers: one after another until it has let us in, so that a key that it
 * refuses is sent once and no more, since five refusals shut everybody out for 30 minutes. Error: why no provider brought
 * anything; a refusal at any of them counts for all.
 */
export async function fetchCatalog(ask: AskChannel): Promise<Result<FetchedCatalog, CatalogFault>> {
  const fetched: Fetched[] = [];
  for (const provider of CatalogProvider.options) {
    if (fetched.some(({ letIn }) => letIn)) break;
    const one = await fetchProvider(ask, provider);
    if (!one.answer.ok && concernsAll(one.answer.error)) return err(one.answer.error);
    fetched.push(one);
  }
  const others = CatalogProvider.options.slice(fetched.length);
  fetched.push(...(await Promise.all(others.map((provider) => fetchProvider(ask, provider)))));
  const refusal = fetched.map(({ answer }) => answer).find((answer) => !answer.ok && isRefusal(answer.error));
  if (refusal !== undefined && !refusal.ok) return refusal;
  const providers: RemoteModels = Object.fromEntries(
    fetched.flatMap(({ provider, answer }) => (answer.ok ? [[provider, answer.value]] : [])),
  );
  const failed = fetched.flatMap(({ provider, answer }) =>
    answer.ok || !EXPECTED.has(provider) ? [] : [{ provider, why: answer.error }],
  );
  const [failure] = failed;
  if (Object.keys(providers).length === 0) return err(failure?.why ?? 'empty');
  return ok({ providers, failed });
}

async function fetchProvider(ask: AskChannel, provider: CatalogProvider): Promise<Fetched> {
  const answer = await ask(CHANNELS[provider]);
  if (!answer.ok) return { provider, answer, letIn: false };
  const models = readRemoteModels(answer.value);
  if (models.length > 0) return { provider, answer: ok(models), letIn: true };
  return { provider, answer: err(answer.value.length === 0 ? 'empty' : 'bad-answer'), letIn: true };
}

function isRefusal(fault: CatalogFault): boolean {
  return fault === 'refused' || fault === 'forbidden';
}

/** What the next provider would be answered, too. */
function concernsAll(fault: CatalogFault): boolean {
  return fault !== 'empty' && fault !== 'bad-answer' && fault !== 'server-error';
}
