import { join } from 'node:path';
import { LOCAL_TARGET } from '../../../shared/schema/remote.ts';
import type { TargetName } from '../../../shared/schema/sync.ts';
import { type TargetFolder, targetFolder } from '../files/state-folder.ts';
import type { CcsConfigReading } from '../profiles/read-ccs-config.ts';
import { DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';
import { type Home, shortHash } from './home.ts';
import type { RemotePlace } from './remote-place.ts';
import type { SyncContext } from './sync-context.ts';

/** Where a target is, and where we keep what belongs to it. */
export interface FilePlace {
  /** The port that CCS's settings name, or the remote's URL. */
  readonly port: number;
  /** The configuration as CCS names it, or the remote's URL. */
  readonly path: string;
  /** With symlinks resolved; the URL again. */
  readonly realPath: string;
  /** Lock and journal, kept by the real path of the file, so that two homes can share a target. */
  readonly shared: TargetFolder;
  /** Our folder for this target within this home. */
  readonly folder: string;
  readonly ledger: string;
  readonly history: string;
}

/** CCS calls the file `config.yaml` only on the default port. */
export function localConfigPath(ccsDirectory: string, port: number): string {
  return join(ccsDirectory, 'cliproxy', port === DEFAULT_PROXY_PORT ? 'config.yaml' : `config-${port}.yaml`);
}

/** The place of a target; a file's real path is known by now. */
export function filePlace(
  target: Pick<FilePlace, 'port' | 'path' | 'realPath'>,
  folders: { readonly stateFolder: string; readonly homeFolder: string },
): FilePlace {
  const { realPath } = target;
  const folder = join(folders.homeFolder, 'targets', shortHash(realPath));
  return {
    ...target,
    shared: targetFolder(folders.stateFolder, realPath),
    folder,
    ledger: join(folder, 'ledger.json'),
    history: join(folder, 'history'),
  };
}

/** All that work on one target needs. */
export interface TargetContext {
  /** CCS's settings as they were read to find the target. */
  readonly ccsConfig: CcsConfigReading;
  readonly context: SyncContext;
  readonly home: Home;
  readonly place: FilePlace;
  /** Null for the local file. */
  readonly remote: RemotePlace | null;
}

/** How reports name a target. */
export function nameOf({ place, remote }: Pick<TargetContext, 'place' | 'remote'>): TargetName {
  return { id: remote?.target.id ?? LOCAL_TARGET, path: place.path };
}
