import type { Bridge } from '../../shared/bridge.ts';

declare global {
  interface Window {
    /** Given by Electron's preload; a browser has none. */
    readonly cliproxySync?: Bridge;
  }
}
