import * as z from 'zod/mini';
import type { AppError } from '../../shared/errors.ts';
import { maskedText } from '../../shared/schema/masked.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';
import { describeError } from '../../shared/words/describe-error.ts';
import type { LiveCore } from '../core/live-core.ts';
import type { Clock } from '../core/support/clock.ts';
import { ccsCatalog } from './ccs-catalog.ts';

/** What one of CCS's paths answers. */
export interface CcsAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** CCS's paths, as tools that were written for its dashboard know them (7.79.1). */
export type CcsEndpoints = ReadonlyMap<string, (body: unknown) => Promise<CcsAnswer>>;

/** The key is `GET /api/cliproxy/…`. Failures answer with a sentence, as CCS's do. */
export function createCcsEndpoints(live: LiveCore, clock: Clock): CcsEndpoints {
  return new Map([
    ['GET /api/cliproxy/catalog', () => catalogOf(live, clock)],
    ['GET /api/cliproxy/sync/status', () => syncStatus(live)],
    ['GET /api/cliproxy/sync/preview', () => syncPreview(live)],
    ['POST /api/cliproxy/sync', () => syncNow(live)],
    ['GET /api/cliproxy/sync/auto-sync', () => Promise.resolve(answer(autoSyncOf(live)))],
    ['PUT /api/cliproxy/sync/auto-sync', (body: unknown) => setAutoSync(live, body)],
  ]);
}

async function catalogOf(live: LiveCore, clock: Clock): Promise<CcsAnswer> {
  const catalog = await live.catalog();
  return catalog.ok ? answer(ccsCatalog(catalog.value, clock.now())) : failed(catalog.error);
}

async function syncStatus(live: LiveCore): Promise<CcsAnswer> {
  const status = await live.status();
  const [target] = live.state().targets;
  if (!status.ok) {
    const known = { configPath: target?.path ?? '', currentKeyCount: 0, syncableProfileCount: 0 };
    const { code } = status.error;
    if (code === 'target-missing' || code === 'ccs-directory-missing')
      return answer({ configured: false, ...known, configPath: status.error.path });
    return failed(status.error);
  }
  const { profiles } = status.value;
  return answer({
    configured: true,
    configPath: status.value.target.path,
    currentKeyCount: profiles.filter(({ state }) => state === 'synced').length,
    syncableProfileCount: syncable(profiles).length,
  });
}

async function syncPreview(live: LiveCore): Promise<CcsAnswer> {
  const status = await live.status();
  if (!status.ok) return failed(status.error);
  const wanted = syncable(status.value.profiles);
  return answer({
    profiles: wanted.map(({ name, entry }) => ({
      name,
      baseUrl: entry.baseUrl,
      modelName: entry.models[0] ?? '',
    })),
    payload: wanted.map(({ entry }) => ({
      'api-key': maskedText(entry.key),
      prefix: entry.prefix,
      'base-url': entry.baseUrl,
      models: entry.models.map((name) => ({ name, alias: '' })),
    })),
    count: wanted.length,
  });
}

async function syncNow(live: LiveCore): Promise<CcsAnswer> {
  const report = await live.sync({
    only: null,
    accepted: false,
    dryRun: false,
    create: false,
    targetNamed: false,
    verify: false,
  });
  if (!report.ok) {
    const configPath = 'path' in report.error ? report.error.path : (live.state().targets[0]?.path ?? '');
    return { status: 500, body: { success: false, error: sentence(report.error), configPath } };
  }
  const { outcome, target, syncable: syncedCount } = report.value;
  const configPath = target.path;
  if (outcome === 'needs-consent' || outcome === 'released') {
    const error = 'A person has to agree first: run `cliproxy-sync sync` in a terminal.';
    return { status: 500, body: { success: false, error, configPath } };
  }
  const profiles = syncable(live.state().profiles).map(({ name }) => name);
  return answer({ success: true, syncedCount, configPath, profiles });
}

async function setAutoSync(live: LiveCore, body: unknown): Promise<CcsAnswer> {
  const change = z.object({ enabled: z.boolean() }).safeParse(body);
  if (!change.success) return failure(400, 'enabled has to be true or false.');
  const { enabled } = change.data;
  const set = await live.setAutoSync({ mode: live.state().autoSync.mode, enabled });
  return set.ok ? answer({ success: true, enabled }) : failed(set.error);
}

function autoSyncOf(live: LiveCore): unknown {
  const { autoSync, watcher, activity } = live.state();
  const watching = ['running', 'polling', 'degraded'].includes(watcher.state);
  return { enabled: autoSync.enabled, watching, syncing: activity.kind === 'syncing' };
}

type Wanted = ProfileStatus & { readonly entry: NonNullable<ProfileStatus['entry']> };

function syncable(profiles: readonly ProfileStatus[]): Wanted[] {
  return profiles.filter((profile): profile is Wanted => profile.entry !== null && profile.reason === null);
}

function answer(body: unknown): CcsAnswer {
  return { status: 200, body };
}

function failed(error: AppError): CcsAnswer {
  return failure(500, sentence(error));
}

function failure(status: number, error: string): CcsAnswer {
  return { status, body: { error } };
}

function sentence(error: AppError): string {
  const { what, next } = describeError(error);
  return `${what}. ${next}`.trim();
}
