import type { CustomScheme } from 'electron';
import { type Route, routeTo } from '../../shared/state/routes.ts';

/** Where the window's page lives: never on a file: address, which could reach other files. */
export const PAGE_ADDRESS = 'app://ui/';

/** To be registered before the app is ready. */
export const PAGE_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** The address of a place in the window; only the hash differs from one to another. */
export function addressOf(route: Route): string {
  return `${PAGE_ADDRESS}${routeTo(route)}`;
}

/** Whether an address is of our page. */
export function isPageAddress(address: string): boolean {
  try {
    const { protocol, host, username, port } = new URL(address);
    return protocol === 'app:' && host === 'ui' && username === '' && port === '';
  } catch {
    return false;
  }
}
