import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { LocalProxy, ProxyKeyAnswer } from '../../../shared/schema/proxy-key.ts';
import { LOCAL_TARGET } from '../../../shared/schema/remote.ts';
import { underHomeLock } from './home-lock.ts';
import { type HttpOrigin, isHeaderValue } from '../targets/http-call.ts';
import { invalidValue } from '../targets/invalid-value.ts';
import { keptProxyKey, proxyKeyOwner } from '../targets/kept-proxy-key.ts';
import { fittingManagementKey, managementKeySources } from '../targets/management-key.ts';
import { proxyOrigin } from '../targets/proxy-origin.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { dropTargetKey, keepTargetKey, keptKeyUrl } from '../targets/target-keys.ts';
import { type ConfigFacts, DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';
import type { TargetContext } from './file-place.ts';
import { peekHome } from './home.ts';
import { readLocalFacts } from './local-facts.ts';
import type { SyncContext } from './sync-context.ts';
import { locateTarget } from './world.ts';

/** How the management key of the local proxy is known. Only files are read: nothing is sent. */
export async function lookAtLocalProxy(context: SyncContext): Promise<LocalProxy> {
  const target = await locateTarget(context);
  if (target.ok) return lookAt(target.value, await readLocalFacts(target.value));
  const home = peekHome(context.stateFolder, context.ccsDirectory);
  const origin = originOf(null, home.ok ? home.value.memory.localPort : null);
  const keptFor = home.ok ? keptKeyUrl(home.value.folder, LOCAL_TARGET) : null;
  return { url: proxyKeyOwner(origin).url, known: 'unknown', keptFor };
}

/**
 * Keeps the management key of the local proxy for the address that the configuration names, unless it does not fit the
 * `secret-key` there; null forgets the one that is kept. Nothing is sent. Errors: `target-value-invalid`, those of finding
 * the configuration, and of saving.
 */
export async function setProxyKey(
  context: SyncContext,
  typed: string | null,
): Promise<Result<ProxyKeyAnswer, AppError>> {
  // People paste keys with a line break at the end.
  const key = typed?.trim() ?? null;
  if (key !== null && !isHeaderValue(key)) return invalidValue('key');
  const target = await locateTarget(context);
  if (!target.ok) return target;
  const facts = await readLocalFacts(target.value);
  const fit = key === null ? null : await fitOf(facts, key);
  if (fit !== 'refused') {
    const saved = await save(target.value, originOf(facts, target.value.place.port), key);
    if (!saved.ok) return saved;
  }
  return ok({ fit, local: await lookAt(target.value, facts) });
}

async function fitOf(facts: ConfigFacts | null, key: string): Promise<NonNullable<ProxyKeyAnswer['fit']>> {
  if (facts === null) return 'unknown';
  const { state } = await fittingManagementKey(facts.secretKey, [key]);
  return state === 'off' ? 'unknown' : state === 'fits' ? 'fits' : 'refused';
}

function save(
  { home, context }: TargetContext,
  origin: HttpOrigin,
  key: string | null,
): Promise<Result<void, AppError>> {
  const { folder } = home;
  return underHomeLock(folder, context.clock, async () => {
    if (key === null) return dropTargetKey(folder, LOCAL_TARGET);
    const targets = readRemoteTargets(folder);
    if (!targets.ok) return targets;
    const ids = targets.value.map(({ id }) => id);
    return keepTargetKey(folder, { target: proxyKeyOwner(origin), key, ids }, null);
  });
}

async function lookAt(target: TargetContext, facts: ConfigFacts | null): Promise<LocalProxy> {
  const { home, context, ccsConfig, place } = target;
  const origin = originOf(facts, place.port);
  const { url } = proxyKeyOwner(origin);
  const keptFor = keptKeyUrl(home.folder, LOCAL_TARGET);
  if (facts === null) return { url, known: 'unknown', keptFor };
  const sources = managementKeySources({
    setting: keptProxyKey(home.folder, origin),
    environment: context.env,
    ccsSecret: ccsConfig.state === 'read' ? ccsConfig.config.managementSecret : null,
  });
  for (const { source, key } of sources) {
    const { state } = await fittingManagementKey(facts.secretKey, [key]);
    if (state === 'off') return { url, known: 'off', keptFor };
    if (state === 'fits') return { url, known: source, keptFor };
  }
  return { url, known: 'none', keptFor };
}

/** Where no file says it, the proxy is where `sync --create` would have it. */
function originOf(facts: ConfigFacts | null, port: number | null): HttpOrigin {
  return proxyOrigin(facts ?? { host: '', port: port ?? DEFAULT_PROXY_PORT, tls: false });
}
