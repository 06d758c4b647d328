import type { MethodInput } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { assertNever } from '../../shared/result.ts';
import type { ConfiguredTargets } from '../../shared/schema/remote.ts';
import type { App } from '../state/app.svelte.ts';
import type { Remedy } from '../targets/fault-remedies.ts';
import type { SyncFlow } from './sync-flow.svelte.ts';

/** The dialog that stands on a server's card. */
export type RemoteDialog =
  | { readonly kind: 'edit'; readonly focused: 'name' | 'key'; readonly configured: ConfiguredTargets }
  | { readonly kind: 'trust'; readonly certificate: Extract<Remedy, { kind: 'trust' }> };

/** What can be done about one server from where it is shown. */
export interface RemoteFlow {
  readonly dialog: RemoteDialog | null;
  readonly isBusy: boolean;
  readonly error: AppError | null;
  pause(paused: boolean): Promise<void>;
  remedy(remedy: Remedy): Promise<void>;
  edit(focused: 'name' | 'key'): Promise<void>;
  close(): void;
  /** Another key, address or certificate: asked at once whether it works now. */
  mended(): Promise<void>;
}

export function createRemoteFlow(
  app: Pick<App, 'client' | 'router'>,
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
  const retry = async (): Promise<void> => {
    error = null;
    const report = await sync.run({ retryRefused: true });
    if (report?.outcome === 'needs-consent') app.router.go({ view: 'overview', preview: true, target: id });
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
    close: () => {
      dialog = null;
    },
    mended: () => {
      dialog = null;
      return retry();
    },
  };
}
