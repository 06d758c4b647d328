import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../../shared/bridge.ts';
import { type Ask, CALL_CHANNEL, SUBSCRIBE_CHANNEL } from '../../shared/ipc-channels.ts';

type Listener = (payload: unknown) => void;

/** Main pushes the newest value to whoever is ready; being ready is said again with each value that came. */
function createBridge(): Bridge {
  const listeners = new Map<string, Set<Listener>>();
  const latest = new Map<string, unknown>();
  const ask = (event: string, what: Ask): void => ipcRenderer.send(SUBSCRIBE_CHANNEL, event, what);
  ipcRenderer.on(SUBSCRIBE_CHANNEL, (_from, event: string, payload: unknown) => {
    latest.set(event, payload);
    for (const listener of listeners.get(event) ?? []) listener(payload);
    ask(event, 'next');
  });
  return {
    call: (method, input) => ipcRenderer.invoke(CALL_CHANNEL, method, input) as Promise<unknown>,
    subscribe: (event, listener) => {
      const known = listeners.get(event);
      if (known === undefined) {
        listeners.set(event, new Set([listener]));
        ask(event, 'present');
      } else {
        known.add(listener);
        if (latest.has(event)) listener(latest.get(event));
      }
      return () => void listeners.get(event)?.delete(listener);
    },
  };
}

contextBridge.exposeInMainWorld('cliproxySync', createBridge());
