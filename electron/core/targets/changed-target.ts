import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { canonicalRemoteUrl } from '../../../shared/rules/remote-url.ts';
import type { RemoteTarget, UpdateTarget } from '../../../shared/schema/remote.ts';
import { invalidValue } from './invalid-value.ts';
import { checkTargetName } from './target-name.ts';

/** A target as it is set up, and as it would be. */
export interface ChangedTarget {
  readonly before: RemoteTarget;
  readonly after: RemoteTarget;
}

/**
 * What a change makes of one of `targets`; nothing is saved, and no key looked at. Errors: `unknown-target`,
 * `target-name-taken`, `target-url-taken`, `target-value-invalid`.
 */
export function changedTarget(
  targets: readonly RemoteTarget[],
  request: UpdateTarget,
): Result<ChangedTarget, AppError> {
  const before = targets.find(({ id }) => id === request.id);
  if (before === undefined) return err({ code: 'unknown-target', name: request.id });
  const others = targets.filter((target) => target !== before);
  const name = checkTargetName(request.name ?? before.name, others);
  if (!name.ok) return name;
  const url = request.url === undefined ? before.url : canonicalRemoteUrl(request.url);
  if (url === null) return invalidValue('url');
  const twin = others.find((target) => target.url === url);
  if (twin !== undefined) return err({ code: 'target-url-taken', name: twin.name });
  if (url !== before.url && request.key === undefined) return invalidValue('key');
  const { profiles, mode, paused, certificate, plainHttp, keySource } = request;
  const after: RemoteTarget = {
    id: before.id,
    name: name.value,
    url,
    profiles: profiles === undefined ? before.profiles : profiles,
    mode: mode ?? before.mode,
    paused: paused ?? before.paused,
    certificate: certificate === undefined ? before.certificate : certificate,
    plainHttp: plainHttp ?? before.plainHttp,
    keySource: keySource ?? before.keySource,
  };
  return ok({ before, after });
}
