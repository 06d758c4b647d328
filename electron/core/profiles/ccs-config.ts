import { join } from 'node:path';
import * as z from 'zod/mini';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isMapping } from './mapping.ts';
import { type CcsPlaces, settingsPath } from './settings-path.ts';
import { DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';

/** A profile that CCS knows of. */
export interface RegisteredProfile {
  readonly name: string;
  /** Absolute. */
  readonly settingsPath: string;
  /** In lower case, `claude` where the registry names none. */
  readonly target: string;
}

/** What we read of CCS's own settings. */
export interface CcsConfig {
  readonly profiles: readonly RegisteredProfile[];
  /** `cliproxy.auto_sync`; null where absent. */
  readonly autoSync: boolean | null;
  /** The port of CCS's local CLIProxyAPI. */
  readonly localPort: number;
  /** `cliproxy.auth.management_secret`. A secret. */
  readonly managementSecret: string | null;
  /** `cliproxy_server.remote`; null where it names no host. */
  readonly remote: CcsRemote | null;
  /** Keys, as in `profiles.glm`, whose values are not what they should be and count as absent. */
  readonly problems: readonly string[];
}

/** The server that CCS itself uses, as its settings name it. */
export interface CcsRemote {
  readonly host: string;
  readonly protocol: 'http' | 'https';
  readonly port: number;
  /** `management_key`, else `auth_token`. A secret. */
  readonly key: string | null;
}

const Port = z.int().check(z.gte(1), z.lte(65535));
const Secret = z.union([z.string(), z.pipe(z.number(), z.transform(String))]);

/** Reads the value at a path of keys; null where it is absent, or not of this form. */
type ReadAt = <T>(schema: z.ZodMiniType<T>, at: string) => T | null;

/**
 * Makes sense of the values of CCS's config.yaml. An ill-typed part counts as absent and is noted; only where the
 * registry itself is no mapping nothing can be said of any profile (`not-a-mapping`, `profiles-not-a-mapping`).
 */
export function ccsConfigOf(value: unknown, places: CcsPlaces): Result<CcsConfig, string> {
  if (!isMapping(value)) return err('not-a-mapping');
  // A YAML key without a value is null.
  const registry = value['profiles'] ?? {};
  if (!isMapping(registry)) return err('profiles-not-a-mapping');
  const problems: string[] = [];
  const read: ReadAt = (schema, at) => {
    let inner: unknown = value;
    for (const key of at.split('.')) inner = isMapping(inner) ? inner[key] : undefined;
    if (inner === undefined || inner === null) return null;
    const parsed = schema.safeParse(inner);
    if (!parsed.success) problems.push(at);
    return parsed.data ?? null;
  };
  const secret = read(Secret, 'cliproxy.auth.management_secret')?.trim() ?? '';
  return ok({
    profiles: Object.entries(registry).flatMap(
      ([name, entry]) => registeredProfile({ name, entry, problems }, places) ?? [],
    ),
    autoSync: read(z.boolean(), 'cliproxy.auto_sync'),
    localPort: read(Port, 'cliproxy_server.local.port') ?? DEFAULT_PROXY_PORT,
    managementSecret: secret === '' ? null : secret,
    remote: ccsRemote(read),
    problems,
  });
}

/** Defaults as CCS 7.79.1 takes them. */
function ccsRemote(read: ReadAt): CcsRemote | null {
  const at = 'cliproxy_server.remote';
  const host = read(z.string(), `${at}.host`)?.trim() ?? '';
  if (host === '') return null;
  const protocol = read(z.enum(['http', 'https']), `${at}.protocol`) ?? 'http';
  const keys = ['management_key', 'auth_token'].map((name) => read(Secret, `${at}.${name}`)?.trim() ?? '');
  return {
    host,
    protocol,
    port: read(Port, `${at}.port`) ?? (protocol === 'https' ? 443 : 8317),
    key: keys.find((key) => key !== '') ?? null,
  };
}

interface RegistryEntry {
  readonly name: string;
  readonly entry: unknown;
  readonly problems: string[];
}

/** A profile whose path is not given, or means nothing, is looked for where CCS would have put it. */
function registeredProfile(
  { name, entry, problems }: RegistryEntry,
  places: CcsPlaces,
): RegisteredProfile | null {
  if (!isMapping(entry)) {
    problems.push(`profiles.${name}`);
    return null;
  }
  const { settings, target = null } = entry;
  const path = typeof settings === 'string' ? settingsPath(settings, places) : null;
  if (path === null) problems.push(`profiles.${name}.settings`);
  if (target !== null && typeof target !== 'string') problems.push(`profiles.${name}.target`);
  return {
    name,
    settingsPath: path ?? join(places.ccsDirectory, `${name}.settings.json`),
    // CCS takes every target that it does not know for Claude Code: ill-typed ones here, unknown names are kept.
    target: (typeof target === 'string' && target.trim().toLowerCase()) || 'claude',
  };
}

/** The registry of CCS before config.yaml: `profiles` maps names to paths, `profile_targets` to targets. */
export function oldCcsConfigOf(value: unknown, places: CcsPlaces): Result<CcsConfig, string> {
  if (!isMapping(value)) return err('not-a-mapping');
  const { profiles, profile_targets: targets } = value;
  if (!isMapping(profiles)) return ccsConfigOf({ profiles }, places);
  const entries = Object.entries(profiles).map(([name, settings]): [string, unknown] => [
    name,
    { settings, target: isMapping(targets) ? targets[name] : null },
  ]);
  return ccsConfigOf({ profiles: Object.fromEntries(entries) }, places);
}
