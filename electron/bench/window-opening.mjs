import { setTimeout as sleep } from 'node:timers/promises';
import { _electron } from '@playwright/test';

/**
 * Milliseconds from the click on a row of a tray's menu to a window that can be used: `ready` is the selector of what
 * can be clicked then, `settled` what the tooltip says once the menu stays as it is. Playwright's own share is the same for
 * every program that is compared.
 */
export async function windowOpening({ electron, words, env, panel, row, ready, settled }) {
  const app = await _electron.launch({ executablePath: electron, args: words, env });
  await panel.registered();
  // A menu that is replaced between its reading and the click knows nothing of the row any more.
  while (!settled.test(await panel.tooltip())) await sleep(20);
  const opened = app.waitForEvent('window');
  const startedMs = performance.now();
  await panel.click(row);
  const page = await opened;
  await page.locator(ready).waitFor();
  const tookMs = performance.now() - startedMs;
  await app.close();
  return tookMs;
}
