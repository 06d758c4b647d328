import * as z from 'zod/mini';
import { err, ok, type Result } from '../../../shared/result.ts';
import { httpCall, isHeaderValue, type HttpOrigin } from './http-call.ts';

/**
 * `no-api-key`: the file's `api-keys` hold none that can be sent. `api-key-refused`: 401 or 403. `not-running`:
 * nothing listens any more. `no-model-list`: anything else that is no list of models.
 */
export type ModelListFault = 'no-api-key' | 'api-key-refused' | 'not-running' | 'no-model-list';

const listSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * The ids that the proxy serves, asked for as a client would, with the first of the file's `api-keys`. A proxy
 * without `api-keys` serves anyone, so then no key is sent. Our own user agent: with `claude-cli` in it the
 * proxy obfuscates the ids.
 */
export async function getModelIds(request: {
  readonly origin: HttpOrigin;
  readonly apiKeys: readonly string[];
  readonly timeoutMs: number;
}): Promise<Result<readonly string[], ModelListFault>> {
  const { origin, apiKeys, timeoutMs } = request;
  const key = apiKeys.find(isHeaderValue);
  if (key === undefined && apiKeys.length > 0) return err('no-api-key');
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const answer = await httpCall({
    origin,
    method: 'GET',
    path: '/v1/models',
    headers,
    body: null,
    timeoutMs,
  });
  if (!answer.ok) return err(answer.error.code === 'refused-connection' ? 'not-running' : 'no-model-list');
  const { status, body } = answer.value;
  if (status === 401 || status === 403) return err('api-key-refused');
  const list = status === 200 ? listSchema.safeParse(parseJson(body)) : null;
  return list?.success === true ? ok(list.data.data.map((model) => model.id)) : err('no-model-list');
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
