import { assertNever } from '../../shared/result.ts';
import type { App } from '../state/app.svelte.ts';
import { goTo, goToNewProfile, goToSync } from '../state/shortcuts.ts';
import type { PaletteAction } from './palette-commands.ts';

const HOUR_MS = 3_600_000;

/** Does what was chosen in the palette. */
export async function runCommand(action: PaletteAction, app: App): Promise<void> {
  switch (action.kind) {
    case 'go':
      goTo(app, action.view);
      return;
    case 'profile':
      app.router.go({ view: 'profiles', name: action.name });
      return;
    case 'sync':
      goToSync(app);
      return;
    case 'preview':
      app.router.go({ view: 'overview', preview: true });
      return;
    case 'new-profile':
      goToNewProfile(app);
      return;
    case 'undo-last':
      // It is done where it is seen what it takes back.
      goTo(app, 'overview');
      app.intents.ask('undo-last');
      return;
    case 'add-server':
    case 'diagnostics':
      goTo(app, 'settings');
      app.intents.ask(action.kind);
      return;
    case 'refresh-catalog':
      goTo(app, 'catalog');
      app.intents.ask(action.kind);
      return;
    case 'auto-sync': {
      const mode = app.state?.autoSync.mode;
      if (mode !== undefined) await app.client.call('autoSync.set', { mode, enabled: action.enabled });
      return;
    }
    case 'pause':
      await app.client.call('pause.set', { untilMs: Date.now() + HOUR_MS });
      return;
    case 'resume':
      await app.client.call('pause.set', { untilMs: null });
      return;
    case 'theme': {
      const answer = await app.client.call('settings.set', { appearance: action.appearance });
      if (answer.ok) app.setSettings(answer.value);
      return;
    }
    default:
      return assertNever(action);
  }
}
