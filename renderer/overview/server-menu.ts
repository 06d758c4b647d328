import * as m from '../../shared/words/generated/messages.js';
import type { App } from '../state/app.svelte.ts';
import type { MenuItem } from '../ui/menu-item.ts';
import type { RemoteFlow } from './remote-flow.svelte.ts';

/** What the menu of a server offers, the same wherever it is shown. */
export function serverMenu(app: Pick<App, 'router'>, id: string, flow: RemoteFlow): readonly MenuItem[] {
  return [
    { label: m.targets_edit(), act: () => void flow.edit('name') },
    {
      label: m.targets_history(),
      act: () => app.router.go({ view: 'history', record: null, target: id }),
    },
    { label: m.targets_remove(), danger: true, act: () => flow.remove() },
  ];
}
