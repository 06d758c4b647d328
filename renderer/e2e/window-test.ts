import type { Browser, Page } from '@playwright/test';
import { test as desktopTest } from '../../electron/e2e/desktop-test.ts';
import { type Serving, startServing } from '../../electron/e2e/serve.ts';
import { needsBrowser } from '../../electron/testing/desktop-requirements.ts';
import { launchBrowser } from './browser.ts';

/** The smallest window that the program has. */
export const SMALLEST = { width: 900, height: 600 };

/** The window on a home, and what stands behind it. */
export interface Opened {
  readonly page: Page;
  /** What a paste would give. */
  readonly clipboard: () => Promise<string>;
  /** Ends the service behind the page. */
  readonly endService: () => Promise<void>;
}

interface WindowFixtures {
  /** Opens the window of this home: in a browser over HTTP, or in Electron over IPC, as the project says. */
  readonly openWindow: (home: string) => Promise<Opened>;
}

/** A test of the window, run once a transport; it fails on any error in the page's console. */
export const test = desktopTest.extend<WindowFixtures, { readonly startBrowser: () => Promise<Browser> }>({
  startBrowser: [
    async ({}, use) => {
      let browser: Browser | null = null;
      await use(async () => (browser ??= await launchBrowser(needsBrowser())));
      await (browser as Browser | null)?.close();
    },
    { scope: 'worker' },
  ],
  openWindow: async ({ transport, problems, startBrowser, launch, panel, folder: _folder }, use, info) => {
    // `folder` is named so that the homes in it outlive the services that write there.
    const serving: Serving[] = [];
    const pages: Page[] = [];
    const overHttp = async (home: string): Promise<Opened> => {
      const service = await startServing(home);
      serving.push(service);
      const context = await (
        await startBrowser()
      ).newContext({
        viewport: SMALLEST,
        locale: 'en-US',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      problems.watch(context);
      const page = await context.newPage();
      pages.push(page);
      await page.goto(service.link);
      await page.waitForURL((url) => !url.pathname.startsWith('/open/'));
      return {
        page,
        clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
        endService: () => service.end(),
      };
    };
    const overIpc = async (home: string): Promise<Opened> => {
      const desktop = await launch({ home });
      await panel.item();
      const page = await desktop.window();
      await page.setViewportSize(SMALLEST);
      return {
        page,
        clipboard: () => desktop.app.evaluate(({ clipboard }) => clipboard.readText()),
        endService: () => Promise.reject(new Error('the window lives in the service')),
      };
    };
    await use(transport === 'http' ? overHttp : overIpc);
    for (const page of pages) {
      if (info.status !== info.expectedStatus)
        await page.screenshot({ path: info.outputPath('page.png') }).catch(() => null);
      await page.context().close();
    }
    for (const service of serving) await service.end();
  },
});

export { expect } from '@playwright/test';
