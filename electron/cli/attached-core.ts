import type { Client } from '../../shared/client.ts';
import type { Core } from '../core/core.ts';
import { err, ok } from '../../shared/result.ts';

/**
 * The engine of a running service, as the commands know it: same reports, same errors. `doctor` looks for itself, so
 * that it finds what is wrong with the service, too.
 */
export function attachedCore(client: Client, alone: Core): Core {
  return {
    sync: (request) => client.call('sync.run', request),
    status: (target) => client.call('status.get', { target }),
    doctor: (ask) => alone.doctor(ask),
    history: (target) => client.call('history.list', { target }),
    historyRecord: (id, target) => client.call('history.get', { id, target }),
    purgeHistory: async (first, target) => {
      const purged = await client.call('history.purge', { first, target });
      return purged.ok ? ok(purged.value.removed) : err(purged.error);
    },
    undo: (record, request) => client.call('sync.undo', { record, ...request }),
    restoreFirst: (request) => client.call('sync.undo', { record: 0, ...request }),
    restoreLost: (record, request) => client.call('history.restore', { record, ...request }),
    release: (entries, request) => client.call('targets.release', { entries, ...request }),
    excluded: () => client.call('profiles.excluded', {}),
    exclude: (change, names) => client.call('profiles.exclude', { change, names }),
    targets: () => client.call('targets.configured', {}),
    testTarget: (request) => client.call('targets.test', request),
    addTarget: (request) => client.call('targets.add', request),
    updateTarget: (request) => client.call('targets.update', request),
    removeTarget: async (request) => {
      const removed = await client.call('targets.remove', request);
      return removed.ok ? ok(undefined) : err(removed.error);
    },
    setProxyKey: (key) => client.call('proxyKey.set', { key }),
    catalog: () => client.call('catalog.get', {}),
    refreshCatalog: (ask) => client.call('catalog.refresh', ask),
    resetCatalog: () => client.call('catalog.reset', {}),
  };
}
