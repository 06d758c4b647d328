import type { MethodInput } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { assertNever } from '../../shared/result.ts';
import type { ConfiguredTargets, RemoteTarget } from '../../shared/schema/remote.ts';
import type { App } from '../state/app.svelte.ts';
import type { Remedy } from '../targets/fault-remedies.ts';
import type { SavedTarget } from '../targets/target-setup.svelte.ts';
import { faultOf } from '../targets/trouble-of.ts';
import type { SyncFlow } from './sync-flow.svelte.ts';

/** The dialog that stands on a server's card. */
export type RemoteDialog =
  | { readonly kind: 'edit'; readonly focused: 'name' | 'key'; readonly configured: ConfiguredTargets }
  | { readonly kind: 'trust'; readonly certificate: Extract<Remedy, { kind: 'trust' }> }
  | { readonly kind: 'remove' };

/** What can be done about one server from where it is shown. */
export interface RemoteFlow {
  readonly dialog: RemoteDialog | null;
  readonly isBusy: boolean;
  readonly error: AppError | null;
  pause(paused: boolean): Promise<void>;
  remedy(remedy: Remedy): Promise<void>;
  edit(focused: 'name' | 'key'): Promise<void>;
  /** Asks whether it is to be removed. */
  remove(): void;
  close(): void;
  /** It is set up otherwise now. What the service does not do by itself then is done here. */
  saved(saved: SavedTarget): void;
  /** Another certificate is trusted. */
  trusted(target: RemoteTarget): void;
}

export function createRemoteFlow(
  app: Pick<App, 'client' | 'router' | 'state'>,
  id: string,
  sync: SyncFlow,
): RemoteFlow {
  let dialog = $state.raw<RemoteDialog | null>(null);
  let isBusy = $state(false);
  let error = $state.raw<AppError | null>(null);

  const update = async (change: Omit<MethodInput<'targets.update'>, 'id'>): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    error = null;
    const answer = await app.client.call('targets.update', { id, ...change });
    isBusy = false;
    if (!answer.ok) error = answer.error;
  };
  const edit = async (focused: 'name' | 'key'): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    error = null;
    const answer = await app.client.call('targets.configured', {});
    isBusy = false;
    if (answer.ok) dialog = { kind: 'edit', focused, configured: answer.value };
    else error = answer.error;
  };
  const ask = async (retryRefused: boolean): Promise<void> => {
    error = null;
    const report = await sync.run({ retryRefused });
    if (report?.outcome === 'needs-consent') app.router.go({ view: 'overview', preview: true, target: id });
  };
  const retry = (): Promise<void> => {
    const target = app.state?.targets.find((one) => one.id === id);
    // A key that was refused is never sent again as it is: five wrong ones shut everybody here out.
    return ask(target === undefined || faultOf(target)?.code !== 'wrong-key');
  };
  /**
   * Asked at once whether it works now, also with the same key: the service looks by itself only where it is another.
   * Not where that would write what nobody asked for.
   */
  const reconnect = ({ mode, paused }: RemoteTarget): void => {
    if (mode === 'auto' && !paused) void ask(false);
  };
  return {
    get dialog() {
      return dialog;
    },
    get isBusy() {
      return isBusy;
    },
    get error() {
      return error;
    },
    pause: (paused) => update({ paused }),
    edit,
    remedy: async (remedy) => {
      switch (remedy.kind) {
        case 'retry':
          return retry();
        case 'enter-key':
          return edit('key');
        case 'edit':
          return edit('name');
        case 'trust':
          dialog = { kind: 'trust', certificate: remedy };
          return;
        default:
          return assertNever(remedy);
      }
    },
    remove: () => {
      dialog = { kind: 'remove' };
    },
    close: () => {
      dialog = null;
    },
    saved: ({ target, isReconnected }) => {
      dialog = null;
      if (isReconnected) reconnect(target);
    },
    trusted: (target) => {
      dialog = null;
      reconnect(target);
    },
  };
}
