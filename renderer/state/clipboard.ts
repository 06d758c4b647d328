import type { App } from './app.svelte.ts';

/**
 * Puts a text without secrets on the clipboard: through the host where it offers that, else by the page itself.
 * False where the system or the browser refuses.
 */
export async function copyText(app: Pick<App, 'client' | 'state'>, text: string): Promise<boolean> {
  if (app.state?.capabilities.clipboard === true) {
    return (await app.client.call('clipboard.copyText', { text })).ok;
  }
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
