import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { OpenFile } from '../../shared/schema/requests.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { Handlers } from './dispatch.ts';
import type { HostAbilities } from './host-abilities.ts';

/** The methods whose work the host does: a desktop does them itself, also where its state is another service's. */
export const HOST_METHODS = [
  'profiles.copyKey',
  'files.open',
  'clipboard.copyText',
  'autostart.get',
  'autostart.set',
  'web.link',
] as const satisfies readonly (keyof Handlers)[];

export type HostMethod = (typeof HOST_METHODS)[number];

export interface HostHandlerDeps {
  /** Asked at each call: a host may come to offer something later. */
  readonly abilities: () => HostAbilities;
  readonly state: () => AppState;
  readonly revealKey: (name: string) => Promise<Result<string, AppError>>;
  /** The log of the service that answers; null where it keeps none. */
  readonly log: string | null;
}

/** Error of each: `not-offered`, where the host lacks what it takes. */
export function createHostHandlers(deps: HostHandlerDeps): Pick<Handlers, HostMethod> {
  const { abilities } = deps;
  return {
    'profiles.copyKey': async ({ name }) => {
      const { copyKey } = abilities();
      if (copyKey === null) return notOffered('profiles.copyKey');
      const key = await deps.revealKey(name);
      if (!key.ok) return key;
      await copyKey(key.value);
      return ok({});
    },
    'files.open': async (file) => {
      const { openFile } = abilities();
      if (openFile === null) return notOffered('files.open');
      const path = pathOf(file, deps);
      if (!path.ok) return path;
      const opened = await openFile(path.value);
      return opened.ok ? ok({}) : opened;
    },
    'clipboard.copyText': async ({ text }) => {
      const { copyText } = abilities();
      if (copyText === null) return notOffered('clipboard.copyText');
      await copyText(text);
      return ok({});
    },
    'autostart.get': async () => {
      const { autostart } = abilities();
      return autostart === null ? notOffered('autostart.get') : ok({ enabled: await autostart.get() });
    },
    'autostart.set': async ({ enabled }) => {
      const { autostart } = abilities();
      if (autostart === null) return notOffered('autostart.set');
      const changed = await autostart.set(enabled);
      return changed.ok ? ok({ enabled: await autostart.get() }) : changed;
    },
    'web.link': () => {
      const { webLink } = abilities();
      return Promise.resolve(webLink === null ? notOffered('web.link') : ok({ url: webLink() }));
    },
  };
}

function notOffered(method: HostMethod): Result<never, AppError> {
  return err({ code: 'not-offered', method });
}

/** Only files that the state names can be opened: never a path that a page made up. */
function pathOf(file: OpenFile, { state, log }: HostHandlerDeps): Result<string, AppError> {
  switch (file.kind) {
    case 'profile': {
      const path = state().profiles.find(({ name }) => name === file.name)?.path;
      return path === undefined ? err({ code: 'unknown-profile', name: file.name }) : ok(path);
    }
    case 'target': {
      const path = state().targets.find(({ id }) => id === file.id)?.path;
      return path === undefined ? err({ code: 'unknown-target', name: file.id }) : ok(path);
    }
    case 'log':
      return log === null ? notOffered('files.open') : ok(log);
  }
}
