import type { TroubledProfile } from '../../shared/catalog/troubled-profiles.ts';
import { assertNever } from '../../shared/result.ts';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import { skipGroup } from '../../shared/schema/skip-group.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { activeTargets, type Glance, waitingChanges } from '../../shared/state/glance.ts';
import { lastSyncMs } from '../../shared/state/last-sync.ts';
import { describeWatcher } from '../../shared/words/describe-change.ts';
import { describeGlance } from '../../shared/words/describe-glance.ts';
import * as m from '../../shared/words/generated/messages.js';
import { causeRow } from './tray-cause.ts';
import { changeRows } from './tray-changes.ts';
import { modelRows } from './tray-models.ts';
import { profileRows } from './tray-profiles.ts';
import { menuText, opening, SEPARATOR, shortened, type TrayIconName, type TrayRow } from './tray-row.ts';

const HOUR_MS = 3_600_000;

/** Windows shows no more of a tooltip. */
const LONGEST_TOOLTIP = 127;

/** All that the tray shows: made anew with each state, put to use where it differs. */
export interface TrayModel {
  readonly icon: TrayIconName;
  readonly tooltip: string;
  readonly rows: readonly TrayRow[];
}

export interface TrayInput {
  /** What should be on show (`createSteadyGlance`). */
  readonly glance: Glance;
  /** Null before the service has said how things stand. */
  readonly state: AppState | null;
  /** The history's records, newest first. */
  readonly records: readonly HistoryEntry[];
  /** The service of another process, to which this one is attached. */
  readonly attached: { readonly pid: number } | null;
  /** Profiles with models to look at; none where the user did not ask to be told of them here. */
  readonly troubled: readonly TroubledProfile[];
  /** Tells a moment (ms since the epoch) as people of this place do. */
  readonly timeOf: (moment: number) => string;
}

/** What the tray shows, exactly as experience.md draws it under "Tray". */
export function trayModel(input: TrayInput): TrayModel {
  const { glance, state, attached } = input;
  const headline = describeGlance(glance, input);
  const lastSync = lastSyncWords(input);
  const elsewhere: readonly TrayRow[] =
    attached === null ? [] : [{ kind: 'label', label: menuText(m.tray_attached({ pid: attached.pid })) }];
  return {
    icon: iconOf(glance),
    tooltip: tooltipOf([headline, lastSync, watcherWords(input)]),
    rows: [
      { kind: 'label', label: menuText(headline) },
      ...detailRows(input, lastSync),
      ...causeRow(glance),
      ...modelRows(input.troubled),
      ...elsewhere,
      SEPARATOR,
      ...syncRows(glance, state),
      SEPARATOR,
      { kind: 'submenu', label: menuText(m.tray_profiles()), rows: profileRows(state?.profiles ?? []) },
      { kind: 'submenu', label: menuText(m.tray_changes()), rows: changeRows(input.records, input.timeOf) },
      SEPARATOR,
      opening(m.tray_open(), null),
      opening(m.tray_settings(), { view: 'settings' }),
      { kind: 'command', label: menuText(m.tray_quit()), enabled: true, action: { kind: 'quit' } },
    ],
  };
}

function iconOf({ kind }: Glance): TrayIconName {
  switch (kind) {
    case 'starting':
    case 'empty':
      return 'dimmed';
    case 'syncing':
      return 'syncing';
    case 'error':
    case 'auth-failed':
      return 'error';
    case 'review':
      return 'review';
    case 'offline':
      return 'offline';
    case 'not-loaded':
      return 'waiting';
    case 'paused':
    case 'auto-sync-off':
    case 'released':
      return 'paused';
    case 'synced':
      return 'plain';
    default:
      return assertNever(kind);
  }
}

function tooltipOf(lines: readonly (string | null)[]): string {
  return shortened(lines.filter((line) => line !== null).join('\n'), LONGEST_TOOLTIP);
}

/** Null before anything was looked at. */
function lastSyncWords({ state, glance, timeOf }: TrayInput): string | null {
  if (state === null || glance.kind === 'starting') return null;
  const last = lastSyncMs(state.targets);
  return last === null ? m.tray_never_synced() : m.tray_last_sync({ time: timeOf(last) });
}

/** Said only where changes are not noticed at once, and where the headline does not say it already. */
function watcherWords({ state, glance }: TrayInput): string | null {
  if (state === null || state.watcher.state === 'running' || state.watcher.state === 'starting') return null;
  return glance.kind === 'error' && glance.target === null ? null : describeWatcher(state.watcher);
}

/** What stands under the headline, quieter: none of it colours the icon. */
function detailRows({ state, glance }: TrayInput, lastSync: string | null): readonly TrayRow[] {
  if (state === null) return [];
  const { profiles } = state;
  const held = profiles.filter((profile) => profile.state === 'held').length;
  const needing = profiles.filter(
    ({ reason }) => reason !== null && skipGroup(reason.code) === 'needs-you',
  ).length;
  // What is not synced by itself waits, and that is told; all else is about to be written.
  const isResting = glance.kind === 'paused' || glance.kind === 'auto-sync-off';
  const waiting = activeTargets(state)
    .filter((target) => target.state === 'pending' && (isResting || target.remote?.mode === 'manual'))
    .reduce((sum, target) => sum + waitingChanges(target), 0);
  const parts = [
    lastSync,
    waiting > 0 ? m.status_pending({ count: waiting }) : null,
    held > 0 ? m.outcome_more_held({ count: held }) : null,
    needing > 0 ? m.tray_need_you({ count: needing }) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? [] : [{ kind: 'label', label: menuText(parts.join(' · ')) }];
}

function syncRows(glance: Glance, state: AppState | null): readonly TrayRow[] {
  const isKnown = state !== null && glance.kind !== 'starting';
  const canSync = isKnown && glance.kind !== 'syncing' && glance.kind !== 'released';
  const autoSync = state?.autoSync ?? null;
  const isOn = autoSync?.enabled === true;
  const isPaused = autoSync !== null && autoSync.pausedUntilMs !== null;
  return [
    { kind: 'command', label: menuText(m.tray_sync_now()), enabled: canSync, action: { kind: 'sync' } },
    {
      kind: 'command',
      label: menuText(m.tray_preview()),
      enabled: isKnown,
      action: { kind: 'open', route: { view: 'overview', preview: true } },
    },
    {
      kind: 'checkbox',
      label: menuText(m.tray_auto_sync()),
      enabled: isKnown,
      checked: isOn,
      action: { kind: 'set-auto-sync', mode: autoSync?.mode ?? 'follow-ccs', enabled: !isOn },
    },
    isPaused
      ? { kind: 'command', label: menuText(m.tray_resume()), enabled: isKnown, action: { kind: 'resume' } }
      : {
          kind: 'command',
          label: menuText(m.tray_pause()),
          enabled: isKnown && isOn,
          action: { kind: 'pause', durationMs: HOUR_MS },
        },
  ];
}
