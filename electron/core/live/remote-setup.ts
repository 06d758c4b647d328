import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { RemoteTarget } from '../../../shared/schema/remote.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { readRemoteTargets } from '../targets/remote-targets.ts';
import { readTargetKey } from '../targets/target-keys.ts';
import { saveMark } from './save-mark.ts';

/** A remote as it is set up. The digest tells another key from the one before; it is never stored nor shown. */
export interface RemoteSetup {
  readonly target: RemoteTarget;
  readonly keyDigest: string;
}

/** Looks at what is set up, however it was changed: by us, or by a command in a terminal. */
export interface SetupLooker {
  /** Null where nothing changed since the last look. Error: `state-unusable`. */
  look(): Result<readonly RemoteSetup[] | null, AppError>;
}

export function createSetupLooker(context: SyncContext, homeFolder: string): SetupLooker {
  let seen = '';

  function digest(target: RemoteTarget): string {
    const keyring = context.keyring ?? null;
    const key = readTargetKey(homeFolder, target, { env: context.env, keyring });
    return key.ok ? createHash('sha256').update(key.value).digest('hex') : key.error.code;
  }

  return {
    look: () => {
      const targets = readRemoteTargets(homeFolder);
      if (!targets.ok) return targets;
      const mark = JSON.stringify([targets.value, saveMark([join(homeFolder, 'keys.json')])]);
      if (mark === seen) return ok(null);
      seen = mark;
      return ok(targets.value.map((target) => ({ target, keyDigest: digest(target) })));
    },
  };
}

/** What a new set-up asks of the engine that has the old one. */
export type SetupChange = 'connection' | 'resumed' | 'choice' | 'none';

export function setupChange(before: RemoteSetup, after: RemoteSetup): SetupChange {
  if (connectionOf(before) !== connectionOf(after)) return 'connection';
  const isFreed = before.target.paused && !after.target.paused;
  const isLeft = before.target.mode === 'manual' && after.target.mode === 'auto';
  if (isFreed || isLeft) return 'resumed';
  const isSame = JSON.stringify(before.target.profiles) === JSON.stringify(after.target.profiles);
  return isSame ? 'none' : 'choice';
}

function connectionOf({ target, keyDigest }: RemoteSetup): string {
  const { url, certificate, plainHttp, keySource } = target;
  return JSON.stringify([url, certificate, plainHttp, keySource, keyDigest]);
}
