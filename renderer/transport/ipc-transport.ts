import type { Bridge } from '../../shared/bridge.ts';
import type { Transport } from '../../shared/client.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';

/** Calls through Electron's preload. A main process that is gone takes the window along: `service-gone`. */
export function ipcTransport(bridge: Bridge): Transport {
  return {
    call: async (method, input) => {
      try {
        return (await bridge.call(method, input)) as Result<unknown, AppError>;
      } catch {
        return err({ code: 'service-gone' });
      }
    },
    subscribe: (event, listener) => bridge.subscribe(event, listener),
  };
}
