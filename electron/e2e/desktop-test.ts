import { expect, test as base } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ElectronProgram,
  needsBrowser,
  needsDisplay,
  needsElectron,
  needsTray,
} from '../testing/desktop-requirements.ts';
import { type Desktop, endDesktop, launchDesktop, type LaunchOptions } from './desktop.ts';
import { type Display, openDisplay } from './display.ts';
import { type IconPrints, takeIconPrints } from './icon-prints.ts';
import { openPanel, type Panel } from './panel.ts';
import { createProblems, type Problems } from './problems.ts';
import { openSessionBus, type SessionBus } from './session-bus.ts';

export interface DesktopOptions {
  /** How the window reaches the service: over HTTP in a browser, or over IPC in Electron. */
  readonly transport: 'http' | 'ipc';
}

export interface DesktopFixtures extends DesktopOptions {
  /** A folder of the test's own. */
  readonly folder: string;
  /** Everything on the page's side that nobody expected. */
  readonly problems: Problems;
  readonly bus: SessionBus;
  /** The panel that is there from the start; none has the test started by itself. */
  readonly panel: Panel;
  readonly launch: (options: LaunchOptions) => Promise<Desktop>;
  readonly machine: ElectronProgram | null;
}

interface WorkerFixtures {
  readonly display: Display;
  readonly icons: () => Promise<IconPrints>;
}

/** Tests of the desktop: each has a home, a session bus and a panel of its own, and fails on any unasked-for error. */
export const test = base.extend<DesktopFixtures, WorkerFixtures>({
  transport: ['ipc', { option: true }],
  display: [
    async ({}, use) => {
      const display = await openDisplay();
      await use(display);
      await display.close();
    },
    { scope: 'worker' },
  ],
  icons: [
    async ({ display }, use) => {
      let prints: Promise<IconPrints> | null = null;
      const home = mkdtempSync(join(tmpdir(), 'e2e-icons-'));
      await use(() => {
        const program = needsElectron();
        if (program === undefined) throw new Error('no Electron');
        return (prints ??= takeIconPrints(program, { home, env: display.env }));
      });
      rmSync(home, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  machine: [
    async ({ transport }, use, info) => {
      const program = transport === 'ipc' ? needsElectron() : undefined;
      const met = transport === 'http' ? needsBrowser() !== undefined : program !== undefined;
      info.skip(!met || (transport === 'ipc' && !(needsDisplay() && needsTray())));
      await use(program ?? null);
    },
    { auto: true },
  ],
  folder: async ({ machine: _machine }, use) => {
    // Short: sockets lie below it.
    const folder = mkdtempSync(join(tmpdir(), 'e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  },
  problems: async ({}, use) => {
    const problems = createProblems();
    await use(problems);
    expect(problems.unexpected(), 'what nobody asked for').toEqual([]);
  },
  bus: async ({ machine: _machine }, use) => {
    const bus = await openSessionBus();
    await use(bus);
    await bus.close();
  },
  panel: async ({ bus }, use) => {
    const panel = await openPanel(bus);
    await use(panel);
    await panel.close();
  },
  // `folder` is named so that the homes in it outlive what writes there.
  launch: async ({ machine, display, bus, problems, folder: _folder }, use, info) => {
    const started: Desktop[] = [];
    const env = { ...display.env, DBUS_SESSION_BUS_ADDRESS: bus.address };
    await use(async (options) => {
      if (machine === null) throw new Error('no Electron in this project');
      const desktop = await launchDesktop({ program: machine, env, problems }, options);
      started.push(desktop);
      return desktop;
    });
    for (const desktop of started) {
      if (info.status !== info.expectedStatus) await takePictures(desktop, info);
      await endDesktop(desktop);
      for (const fault of desktop.faults()) problems.note(`main: ${fault}`);
    }
  },
});

async function takePictures({ app }: Desktop, info: ReturnType<typeof test.info>): Promise<void> {
  for (const [index, page] of app.windows().entries()) {
    const path = info.outputPath(`window-${index + 1}.png`);
    await page.screenshot({ path }).catch(() => null);
  }
}

export { expect } from '@playwright/test';
