import { join } from 'node:path';
import { type TargetFolder, targetFolder } from '../files/state-folder.ts';
import type { CcsConfigReading } from '../profiles/read-ccs-config.ts';
import { DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';
import { type Home, shortHash } from './home.ts';
import type { SyncContext } from './sync-context.ts';

/** Where the local target is, and where we keep what belongs to it. */
export interface FilePlace {
  /** The port that CCS's settings name. */
  readonly port: number;
  /** The configuration as CCS names it. */
  readonly path: string;
  /** With symlinks resolved. */
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

/** The place of the local target; its real path is known by now. */
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
}
