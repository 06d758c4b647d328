import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, Menu, nativeTheme, powerMonitor, protocol, session } from 'electron';
import { version } from '../../package.json';
import { assertNever } from '../../shared/result.ts';
import { DEFAULT_SETTINGS } from '../../shared/schema/settings.ts';
import { systemClock } from '../core/support/clock.ts';
import { type PageFiles, readPageFiles } from '../service/page-files.ts';
import { stepsOf, type TrayStep } from './act-on-tray.ts';
import { createDesktopAbilities } from './desktop-abilities.ts';
import { createDesktopService } from './desktop-service.ts';
import { drawTray } from './draw-tray.ts';
import type { Faults } from './faults.ts';
import { followSettings } from './follow-settings.ts';
import { hardenContents, hardenSession } from './harden-session.ts';
import { serveIpc } from './ipc.ts';
import { systemKeyring } from './keyring.ts';
import type { Language } from './language.ts';
import { applicationMenuRows } from './menus.ts';
import { judgeModelNotices } from './model-notices.ts';
import { showNotification } from './notifications.ts';
import { createNotifier } from './notifier.ts';
import { answerPage } from './page-protocol.ts';
import { openPreferences } from './preference-file.ts';
import { createQuit, type QuitManner } from './quit.ts';
import { timeOf } from './time-of.ts';
import type { DesktopTray } from './tray.ts';
import { watchTrayHost } from './tray-host.ts';
import { createTrayPresence } from './tray-presence.ts';
import type { TrayAction } from './tray-row.ts';
import { watchModels } from './watch-models.ts';
import { createMainWindow } from './window.ts';
import { staysWithoutTray, tellNoTray } from './without-tray.ts';

/** What stands already when this chunk is loaded. */
export interface Shell {
  readonly tray: DesktopTray;
  readonly language: Language;
  readonly faults: Faults;
  readonly startedAtLogin: boolean;
  /** Where the build lies: preload, page, icons. */
  readonly dist: string;
}

export interface Desktop {
  act(action: TrayAction): void;
  quit(manner: QuitManner): Promise<void>;
}

/** Puts service, tray and window together: the composition root of the desktop. */
export function startDesktop({ tray, language, faults, startedAtLogin, dist }: Shell): Desktop {
  const { env, platform } = process;
  const clock = systemClock();
  const deps = { env, homedir: homedir(), platform, clock, keyring: systemKeyring(platform) };
  const preferences = openPreferences();
  const { abilities, capabilities, keys } = createDesktopAbilities(deps);
  const presence = createTrayPresence({
    clock,
    startedAtLogin,
    onAppear: () => tray.recreate(),
    onMissing: () => tellNoTray(preferences, () => window.open(null)),
    onChange: () => service.refreshCapabilities(),
  });
  const service = createDesktopService({
    deps,
    version,
    capabilities: () => capabilities(presence.isThere()),
    abilities: () => abilities,
    verbose: false,
    onBug: (method, bug) => faults.report(`bug in ${method}`, bug),
  });
  const window = createMainWindow({
    preferences,
    preload: join(dist, 'preload.cjs'),
    icon: platform === 'linux' ? join(dist, 'icons', 'app.png') : null,
    onClosed: () => void afterLastWindow(),
    onQuit: () => void quit('asking'),
    onFault: (event, reason) => faults.note(event, reason),
  });
  let { notifications } = DEFAULT_SETTINGS;
  const settings = followSettings(service, (next) => {
    nativeTheme.themeSource = next.appearance;
    tray.setIconStyle(next.trayIcon);
    notifications = next.notifications;
    models.setWanted(next.modelWarnings);
    if (!language.choose(next.language)) return;
    drawing.redraw();
    drawMenuBar();
  });
  const drawing = drawTray({
    service,
    clock,
    locale: language.locale,
    show: (model) => tray.show(model),
  });
  const notifier = createNotifier({
    clock,
    setting: () => notifications,
    isLookedAt: window.isFocused,
    timeOf: (moment) => timeOf(language.locale(), clock.now())(moment),
    show: (note) => showNotification(note, () => window.open(note.route)),
  });
  const telling = service.subscribe((state) => notifier.take(state));
  const models = watchModels(service, (troubled, state) => {
    drawing.setTroubled(troubled);
    if (state === null || notifications === 'none') return;
    const { profiles } = state;
    const { note, said } = judgeModelNotices({ said: preferences.get().said, troubled, profiles });
    preferences.set({ said });
    // The window shows the same.
    if (note !== null && !window.isFocused()) showNotification(note, () => window.open(note.route));
  });
  const ipc = serveIpc({ ...service, dispatch: settings.dispatch }, window.contents);
  const host = watchTrayHost((isThere) => presence.set(isThere));

  function act(action: TrayAction): void {
    for (const step of stepsOf(action, { state: service.state(), nowMs: clock.now() })) take(step);
  }

  function take(step: TrayStep): void {
    switch (step.kind) {
      case 'open':
        window.open(step.route);
        break;
      case 'quit':
        void quit('asking');
        break;
      case 'call':
        // What comes of it, the state tells.
        void settings.dispatch(step.method, step.input);
        break;
      default:
        assertNever(step);
    }
  }

  async function afterLastWindow(): Promise<void> {
    const isElsewhere = service.state()?.service.pid !== process.pid;
    if (isEnding || presence.isThere()) return;
    if (isElsewhere || !(await staysWithoutTray(preferences))) await quit('asking');
  }

  let isEnding = false;
  const quit = createQuit({
    closeWindow: () => window.close(),
    destroyWindow: () => {
      isEnding = true;
      window.destroy();
    },
    closeService: () => service.close(),
    letGo: async () => {
      for (const part of [ipc, settings, models, drawing, telling, notifier, host, presence, tray])
        part.dispose();
      await keys.end();
    },
    exit: () => app.exit(0),
  });

  function drawMenuBar(): void {
    const rows = applicationMenuRows(platform, {
      settings: () => window.open({ view: 'settings' }),
      quit: () => void quit('asking'),
    });
    Menu.setApplicationMenu(rows === null ? null : Menu.buildFromTemplate(rows));
  }

  hardenSession(session.defaultSession);
  hardenContents(app);
  let page: PageFiles | null = null;
  protocol.handle('app', (request) => answerPage(request, (page ??= readPageFiles(join(dist, 'renderer')))));
  drawMenuBar();
  powerMonitor.on('resume', () => service.hint());
  powerMonitor.on('shutdown', () => void quit('at-once'));
  if (!startedAtLogin) window.open(null);
  return { act, quit };
}
