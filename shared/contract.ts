import * as z from 'zod/mini';
import type { AppError } from './errors.ts';
import type { Result } from './result.ts';
import { Catalog } from './schema/catalog.ts';
import { DiagnosticsReport } from './schema/diagnostics.ts';
import { HistoryEntry, HistoryReport } from './schema/history.ts';
import {
  ConnectionTest,
  CopyProfile,
  CreateProfile,
  DeletedProfile,
  Preset,
  Profile,
  ProfileName,
  RevealedKey,
  UndeleteProfile,
  UpdateProfile,
} from './schema/profile.ts';
import {
  Autostart,
  AutoSyncChange,
  CatalogRefresh,
  CopyText,
  ExcludeChange,
  ExcludedProfiles,
  HistoryRecordId,
  HoldRelease,
  Nothing,
  OfTarget,
  OpenFile,
  PauseChange,
  PurgeReport,
  PurgeRequest,
  ReleaseRequest,
  RestoreRequest,
  SyncRun,
  UndoRequest,
  WebLink,
} from './schema/requests.ts';
import {
  AddTarget,
  ConfiguredTargets,
  RemoteTarget,
  RemoveTarget,
  TargetTest,
  TestTarget,
  UpdateTarget,
} from './schema/remote.ts';
import { ProxyKeyAnswer, SetProxyKey } from './schema/proxy-key.ts';
import { Settings, SettingsChange } from './schema/settings.ts';
import { AppState, TargetState } from './schema/state.ts';
import { ProfileStatus, StatusReport } from './schema/status.ts';
import { SyncReport } from './schema/sync.ts';
import { UndoReport } from './schema/undo.ts';

/**
 * Every method of the service: the only definition of what goes in and what comes out. Whoever carries calls
 * (`service/dispatch.ts`) checks both; an answer keeps only the fields that are named here. `profiles.revealKey`
 * is the only method that answers with a key.
 */
export const METHODS = {
  'state.get': { input: Nothing, output: AppState },
  /** Looks at everything anew, the running proxy included. */
  'status.get': { input: OfTarget, output: StatusReport },
  'sync.run': { input: SyncRun, output: SyncReport },
  /** What a sync of everything would do now. */
  'sync.preview': { input: OfTarget, output: SyncReport },
  'sync.undo': { input: UndoRequest, output: UndoReport },
  'history.list': { input: OfTarget, output: HistoryReport },
  'history.get': { input: HistoryRecordId, output: HistoryEntry },
  'history.restore': { input: RestoreRequest, output: UndoReport },
  'history.purge': { input: PurgeRequest, output: PurgeReport },
  'hold.release': { input: HoldRelease, output: Nothing },
  'autoSync.set': { input: AutoSyncChange, output: Nothing },
  'pause.set': { input: PauseChange, output: Nothing },
  'targets.list': { input: Nothing, output: z.object({ targets: z.readonly(z.array(TargetState)) }) },
  /** Stops managing a target; a sync that names it takes it up again. */
  'targets.release': { input: ReleaseRequest, output: UndoReport },
  /** The remote servers that are set up, without their keys. */
  'targets.configured': { input: Nothing, output: ConfiguredTargets },
  /** Asks a server with the key that is given: a person must have confirmed its address. */
  'targets.test': { input: TestTarget, output: TargetTest },
  'targets.add': { input: AddTarget, output: RemoteTarget },
  'targets.update': { input: UpdateTarget, output: RemoteTarget },
  'targets.remove': { input: RemoveTarget, output: Nothing },
  /** Keeps or forgets the management key of the local proxy, which is not asked. How it is known: `targets.configured`. */
  'proxyKey.set': { input: SetProxyKey, output: ProxyKeyAnswer },
  'profiles.list': { input: Nothing, output: z.object({ profiles: z.readonly(z.array(ProfileStatus)) }) },
  'profiles.get': { input: ProfileName, output: Profile },
  'profiles.create': { input: CreateProfile, output: Profile },
  'profiles.update': { input: UpdateProfile, output: Profile },
  'profiles.duplicate': { input: CopyProfile, output: Profile },
  'profiles.rename': { input: CopyProfile, output: Profile },
  'profiles.delete': { input: ProfileName, output: DeletedProfile },
  'profiles.deleted': { input: Nothing, output: z.object({ deleted: z.readonly(z.array(DeletedProfile)) }) },
  'profiles.undelete': { input: UndeleteProfile, output: Profile },
  'profiles.register': { input: ProfileName, output: Profile },
  'profiles.excluded': { input: Nothing, output: ExcludedProfiles },
  'profiles.exclude': { input: ExcludeChange, output: ExcludedProfiles },
  'profiles.revealKey': { input: ProfileName, output: RevealedKey },
  /** The host copies it: the key does not come back. */
  'profiles.copyKey': { input: ProfileName, output: Nothing },
  'profiles.test': { input: ProfileName, output: ConnectionTest },
  'presets.list': { input: Nothing, output: z.object({ presets: z.readonly(z.array(Preset)) }) },
  'catalog.get': { input: Nothing, output: Catalog },
  /** Asks the proxy anew; why nothing came is said in the catalog's state. */
  'catalog.refresh': { input: CatalogRefresh, output: Catalog },
  /** Forgets what the proxy said, for CCS as well. */
  'catalog.reset': { input: Nothing, output: Catalog },
  'diagnostics.report': { input: Nothing, output: DiagnosticsReport },
  'settings.get': { input: Nothing, output: Settings },
  'settings.set': { input: SettingsChange, output: Settings },
  /** Of hosts with `openFile`. */
  'files.open': { input: OpenFile, output: Nothing },
  /** Of hosts with `clipboard`, whose page may not reach it by itself. */
  'clipboard.copyText': { input: CopyText, output: Nothing },
  /** Of hosts with `autostart`. */
  'autostart.get': { input: Nothing, output: Autostart },
  'autostart.set': { input: Autostart, output: Autostart },
  /** Of the host `serve`: a new one-time link. */
  'web.link': { input: Nothing, output: WebLink },
} as const satisfies Readonly<Record<string, MethodSpec>>;

/** What the service tells by itself: whole states, so that nothing is lost with a connection. */
export const EVENTS = {
  state: { payload: AppState },
} as const satisfies Readonly<Record<string, EventSpec>>;

interface MethodSpec {
  readonly input: z.ZodMiniType;
  readonly output: z.ZodMiniType;
}

interface EventSpec {
  readonly payload: z.ZodMiniType;
}

export type Method = keyof typeof METHODS;
export type MethodInput<M extends Method> = z.infer<(typeof METHODS)[M]['input']>;
export type MethodOutput<M extends Method> = z.infer<(typeof METHODS)[M]['output']>;

export type EventName = keyof typeof EVENTS;
export type EventPayload<E extends EventName> = z.infer<(typeof EVENTS)[E]['payload']>;

/** What every call answers. */
export type Answer<M extends Method> = Result<MethodOutput<M>, AppError>;
