import * as m from '../../shared/words/generated/messages.js';
import type { TrayModel } from './tray-model.ts';

/** What the tray shows until the rest of the program is loaded: little, so that it stands at once. */
export function firstTray(): TrayModel {
  const headline = m.change_starting();
  return {
    icon: 'dimmed',
    tooltip: headline,
    rows: [
      { kind: 'label', label: headline },
      { kind: 'separator' },
      { kind: 'command', label: m.tray_open(), enabled: true, action: { kind: 'open', route: null } },
      { kind: 'command', label: m.tray_quit(), enabled: true, action: { kind: 'quit' } },
    ],
  };
}
