import type { AppError } from '../../../shared/errors.ts';
import type { AutoSyncState, Fight } from '../../../shared/schema/state.ts';
import { resolveTarget } from '../files/open-target.ts';
import type { ProfileReadings } from '../profiles/profile-readings.ts';
import { type CcsConfigReading, readCcsConfig } from '../profiles/read-ccs-config.ts';
import { type DriftJudgement, type DriftMemory, judgeDrift } from '../state/fights.ts';
import { type Hand, handOf, undoneBy } from '../state/undone-by.ts';
import { localConfigPath } from '../sync/file-place.ts';
import { peekHome, updateHome } from '../sync/home.ts';
import { type Survey, surveyTarget } from '../sync/status.ts';
import type { SyncContext } from '../sync/sync-context.ts';
import { DEFAULT_PROXY_PORT } from '../yaml/config-facts.ts';
import { autoSyncOf, autoSyncSaid } from './auto-sync.ts';
import { saveMark } from './save-mark.ts';
import type { SettingsStore } from './settings-store.ts';
import type { WatchedWorld } from './watched-paths.ts';
import { wishMark } from './wish-mark.ts';

/** What one look at everything found. */
export type WorldLook = {
  readonly autoSync: AutoSyncState;
  readonly watched: WatchedWorld;
  /** Differs where the profiles may ask for something else than at the last look, or be known otherwise. */
  readonly wish: string;
} & (
  | {
      readonly state: 'read';
      readonly survey: Survey;
      readonly judgement: DriftJudgement;
      /** Who seems to have changed what is ours, if anybody did. */
      readonly by: Fight['by'];
    }
  /** There is no CCS directory, and there never was. */
  | { readonly state: 'never-seen' }
  | { readonly state: 'unreadable'; readonly error: AppError }
);

export interface WorldLooker {
  look(ask: {
    readonly proxy: boolean;
    readonly drift: DriftMemory;
    /** Where something may have changed since the last look; null: anywhere, so that nothing is taken from memory. */
    readonly changed: ReadonlySet<string | null>;
  }): Promise<WorldLook>;
}

/**
 * Looks at everything each time. What a profile file said is remembered as long as the system says that the file is
 * the same, and no longer than to the next rescan: a file system that tells us wrong costs a minute, not a change.
 * `readings`: shared with the looks at remote servers.
 */
export function createWorldLooker(
  context: SyncContext,
  settings: SettingsStore,
  readings: ProfileReadings,
): WorldLooker {
  const { ccsDirectory, clock, stateFolder } = context;
  let reading: CcsConfigReading | null = null;
  let profilePaths: readonly string[] = [];
  /** How the file was written when last nothing of ours was changed in it. */
  let left: Hand | null = null;

  /** What CCS's settings say, or said last. */
  async function lookAtCcs(): Promise<{ autoSync: AutoSyncState; path: string; seen: boolean }> {
    reading = await readCcsConfig({ ...context, earlier: reading ?? undefined });
    const home = peekHome(stateFolder, ccsDirectory);
    const memory = home.ok ? home.value.memory : null;
    const lastPort = memory?.localPort ?? DEFAULT_PROXY_PORT;
    const port = reading.state === 'read' ? reading.config.localPort : lastPort;
    const autoSync = autoSyncOf({ settings: settings.get(), reading, lastKnown: memory?.autoSync ?? null });
    return { autoSync, path: localConfigPath(ccsDirectory, port), seen: memory?.seen ?? false };
  }

  /** From now on a missing directory is an error, and settings that can't be read mean what they said last. */
  async function remember(): Promise<AppError | null> {
    const home = peekHome(stateFolder, ccsDirectory);
    if (!home.ok) return home.error;
    const said = reading?.state === 'read' ? { autoSync: autoSyncSaid(reading) } : {};
    const updated = await updateHome(home.value, () => ({ seen: true, ...said }), clock);
    return updated.ok ? null : updated.error;
  }

  return {
    look: async ({ proxy, drift, changed }) => {
      for (const path of changed) readings.forget(path);
      const { autoSync, path, seen } = await lookAtCcs();
      const surveyed = await surveyTarget(
        { ...context, readProfile: readings.read, lastCcsConfig: reading ?? undefined },
        { proxy },
      );
      const failure = surveyed.ok ? await remember() : surveyed.error;
      if (surveyed.ok) {
        profilePaths = surveyed.value.report.profiles.map((profile) => profile.path);
        readings.keepOnly(profilePaths);
      }
      const real = await resolveTarget(path);
      const target = { path, realPath: real.ok ? real.value : path };
      const base = {
        autoSync,
        watched: { ccsDirectory, target, profilePaths },
        wish: wishMark({ ccsDirectory, profilePaths, report: surveyed.ok ? surveyed.value.report : null }),
      };
      if (failure?.code === 'ccs-directory-missing' && !seen) return { ...base, state: 'never-seen' };
      if (failure !== null) return { ...base, state: 'unreadable', error: failure };
      if (!surveyed.ok) throw new Error('A survey that failed without an error');
      const survey = surveyed.value;
      const { operations } = survey.report.plan;
      const now = (): Hand => handOf(Buffer.from(survey.state.bytes).toString('utf8'));
      const by = undoneBy(operations, { now, left });
      if (operations.every(({ why }) => why !== 'drift')) left = now();
      const judgement = judgeDrift(drift, { operations, mark: () => saveMark(profilePaths), by });
      return { ...base, state: 'read', survey, judgement, by };
    },
  };
}
