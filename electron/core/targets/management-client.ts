import * as z from 'zod/mini';
import { err, ok, type Result } from '../../../shared/result.ts';
import { httpCall, type HttpAnswer, type HttpFault, type HttpOrigin } from './http-call.ts';
import { faultOfStatus, parseJson, type StatusFault, versionOf } from './management-answer.ts';

export interface ManagementAccess {
  readonly origin: HttpOrigin;
  /** Must have been found to fit (management-key.ts) and be a header value (`isHeaderValue`). */
  readonly key: string;
  readonly timeoutMs: number;
}

/** One entry as the proxy tells it: missing and null are `''` or no models. */
export interface ServedEntry {
  readonly apiKey: string;
  readonly prefix: string;
  readonly baseUrl: string;
  readonly models: readonly { readonly name: string; readonly alias: string }[];
  /**
   * Whether it has an `auth-index`: in 7.2.99 an entry gets it when requests can be routed to it, with 1,000
   * entries about 0.1 s after the list shows it. Older servers never send one.
   */
  readonly routed: boolean;
}

export interface ManagementAnswer<T> {
  readonly value: T;
  /** `X-CPA-VERSION`, where it was sent. */
  readonly version: string | null;
}

export type ManagementFault = HttpFault | StatusFault;

type Answered<T> = Promise<Result<ManagementAnswer<T>, ManagementFault>>;

const BASE = '/v0/management';
const text = z.nullish(z.string());
const listSchema = z.object({
  'claude-api-key': z.nullable(
    z.array(
      z.object({
        'api-key': text,
        prefix: text,
        'base-url': text,
        'auth-index': text,
        models: z.nullish(z.array(z.object({ name: text, alias: text }))),
      }),
    ),
  ),
});

/** The entries that the running proxy holds, in its order. */
export async function getClaudeApiKeys(access: ManagementAccess): Answered<readonly ServedEntry[]> {
  const answer = await managementGet(access, '/claude-api-key');
  if (!answer.ok) return answer;
  const list = listSchema.safeParse(parseJson(answer.value.body));
  if (!list.success) return err({ code: 'bad-answer', reason: 'not-a-list' });
  const entries = (list.data['claude-api-key'] ?? []).map((entry) => ({
    apiKey: entry['api-key'] ?? '',
    prefix: entry.prefix ?? '',
    baseUrl: entry['base-url'] ?? '',
    models: (entry.models ?? []).map((model) => ({ name: model.name ?? '', alias: model.alias ?? '' })),
    routed: (entry['auth-index'] ?? '') !== '',
  }));
  return ok({ value: entries, version: versionOf(answer.value) });
}

const definitionsSchema = z.object({ models: z.nullable(z.array(z.unknown())) });

/** The models that the proxy defines for a channel, as they come. */
export async function getModelDefinitions(
  access: ManagementAccess,
  channel: string,
): Answered<readonly unknown[]> {
  const answer = await managementGet(access, `/model-definitions/${channel}`);
  if (!answer.ok) return answer;
  const list = definitionsSchema.safeParse(parseJson(answer.value.body));
  if (!list.success) return err({ code: 'bad-answer', reason: 'not-a-list' });
  return ok({ value: list.data.models ?? [], version: versionOf(answer.value) });
}

async function managementGet(
  access: ManagementAccess,
  path: string,
): Promise<Result<HttpAnswer, ManagementFault>> {
  const answer = await httpCall({
    method: 'GET',
    path: BASE + path,
    body: null,
    origin: access.origin,
    headers: { authorization: `Bearer ${access.key}` },
    timeoutMs: access.timeoutMs,
  });
  if (!answer.ok) return answer;
  const fault = faultOfStatus(answer.value.status);
  return fault === null ? answer : err(fault);
}
