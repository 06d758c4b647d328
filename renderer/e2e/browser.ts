import { type Browser, chromium } from '@playwright/test';

/** Starts the Chromium that the system has; nothing is fetched for a test. */
export function launchBrowser(executablePath: string | undefined): Promise<Browser> {
  // As root it runs without its sandbox only; the pages are our own.
  const sandbox = { chromiumSandbox: process.getuid?.() !== 0 };
  return chromium.launch(executablePath === undefined ? sandbox : { ...sandbox, executablePath });
}
