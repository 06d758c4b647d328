import { isDeepStrictEqual } from 'node:util';
import type { Answer } from '../../shared/contract.ts';
import type { Settings } from '../../shared/schema/settings.ts';
import type { Disposable } from '../core/support/disposable.ts';
import type { Dispatch } from '../service/dispatch.ts';
import type { DesktopService } from './desktop-service.ts';

export interface FollowedSettings extends Disposable {
  /** The service's dispatch, which tells at once when settings were changed through it. */
  readonly dispatch: Dispatch;
}

/** Calls back with the service's settings, and whenever they are others; the window and the command line change them. */
export function followSettings(
  service: Pick<DesktopService, 'dispatch' | 'subscribe'>,
  onSettings: (settings: Settings) => void,
): FollowedSettings {
  let known: Settings | null = null;
  let isAsking = false;

  function take(settings: Settings): void {
    if (isDeepStrictEqual(settings, known)) return;
    known = settings;
    onSettings(settings);
  }

  async function ask(): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    const answer = (await service.dispatch('settings.get', {})) as Answer<'settings.get'>;
    isAsking = false;
    if (answer.ok) take(answer.value);
  }

  // States carry no settings, but come whenever something was done.
  const following = service.subscribe(() => void ask());
  return {
    dispatch: async (method, input) => {
      const answer = await service.dispatch(method, input);
      if (method === 'settings.set' && answer.ok) take(answer.value as Settings);
      return answer;
    },
    dispose: () => following.dispose(),
  };
}
