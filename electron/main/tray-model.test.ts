import { describe, expect, it } from 'vitest';
import type { ModelTrouble } from '../../shared/catalog/judge-model.ts';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { glanceOf } from '../../shared/state/glance.ts';
import { routeTo } from '../../shared/state/routes.ts';
import { describeGlance } from '../../shared/words/describe-glance.ts';
import { textFaults } from '../../shared/words/testing/text-faults.ts';
import { addition, KEY_CHANGE, profile } from '../testing/glance-profiles.ts';
import { GLANCE_STATE_NAMES, GLANCE_STATES, type GlanceStateName } from '../testing/glance-states.ts';
import { REMOTE_STATES, type RemoteStateName } from '../testing/remote-states.ts';
import { trayModel, type TrayInput, type TrayModel } from './tray-model.ts';
import type { TrayIconName, TrayRow } from './tray-row.ts';

const timeOf = (moment: number): string => new Date(moment).toISOString().slice(11, 16);

function modelOf(state: AppState, over: Partial<TrayInput> = {}): TrayModel {
  return trayModel({
    glance: glanceOf(state),
    state,
    records: [],
    attached: null,
    troubled: [],
    timeOf,
    ...over,
  });
}

function labelsOf(rows: readonly TrayRow[]): readonly string[] {
  return rows.map((row) => (row.kind === 'separator' ? '-' : row.label));
}

function rowOf(rows: readonly TrayRow[], label: string): TrayRow {
  const found = rows.find((row) => row.kind !== 'separator' && row.label === label);
  if (found === undefined) throw new Error(`No row "${label}" among ${labelsOf(rows).join(', ')}`);
  return found;
}

function submenu(model: TrayModel, label: string): readonly TrayRow[] {
  const row = rowOf(model.rows, label);
  if (row.kind !== 'submenu') throw new Error(`"${label}" is no submenu`);
  return row.rows;
}

/** Where a row leads: the address of a place in the window, or what it does. */
function aimOf(row: TrayRow): string | null {
  if (row.kind !== 'command') return null;
  const { action } = row;
  return action.kind === 'open' && action.route !== null ? routeTo(action.route) : action.kind;
}

/** For each state: the icon, the second line of the tooltip, the rows below the headline up to the separator. */
interface Expected {
  readonly icon: TrayIconName;
  readonly under?: string;
  readonly rows: readonly (string | readonly [label: string, aim: string])[];
}

const SYNCED_AT = 'Last sync 13:20';
const table: Readonly<Record<GlanceStateName, Expected>> = {
  starting: { icon: 'dimmed', rows: [] },
  'syncing-user': { icon: 'syncing', under: SYNCED_AT, rows: [SYNCED_AT] },
  'error-yaml': { icon: 'error', under: SYNCED_AT, rows: [SYNCED_AT, ['Show what is wrong…', '#/overview']] },
  'error-watcher': {
    icon: 'error',
    under: SYNCED_AT,
    rows: [SYNCED_AT, ['Show what is wrong…', '#/overview']],
  },
  'error-ccs-gone': {
    icon: 'error',
    under: SYNCED_AT,
    rows: [SYNCED_AT, ['Show what is wrong…', '#/overview']],
  },
  'auth-failed': {
    icon: 'error',
    under: SYNCED_AT,
    rows: [SYNCED_AT, ['Show office…', '#/overview?target=office']],
  },
  review: {
    icon: 'review',
    under: SYNCED_AT,
    rows: [SYNCED_AT, ['Review the changes…', '#/overview?preview']],
  },
  offline: {
    icon: 'offline',
    under: SYNCED_AT,
    rows: [SYNCED_AT, ['Show office…', '#/overview?target=office']],
  },
  'not-loaded': {
    icon: 'waiting',
    under: SYNCED_AT,
    rows: [SYNCED_AT, ['Show how to restart the proxy…', '#/overview']],
  },
  paused: { icon: 'paused', under: SYNCED_AT, rows: [SYNCED_AT] },
  'auto-sync-off': { icon: 'paused', under: SYNCED_AT, rows: [`${SYNCED_AT} · 1 change waits for a sync`] },
  released: {
    icon: 'paused',
    under: SYNCED_AT,
    rows: [SYNCED_AT, ['Show how to manage it again…', '#/overview']],
  },
  'syncing-auto': { icon: 'syncing', under: SYNCED_AT, rows: [SYNCED_AT] },
  empty: {
    icon: 'dimmed',
    under: 'Not synced yet',
    rows: ['Not synced yet', ['Create a profile…', '#/profiles']],
  },
  synced: { icon: 'plain', under: SYNCED_AT, rows: [SYNCED_AT] },
  'synced-not-running': { icon: 'plain', under: SYNCED_AT, rows: [SYNCED_AT] },
  'synced-unchecked': { icon: 'plain', under: SYNCED_AT, rows: [SYNCED_AT] },
  held: { icon: 'plain', under: SYNCED_AT, rows: [`${SYNCED_AT} · 1 held`] },
  thousand: { icon: 'plain', under: SYNCED_AT, rows: [SYNCED_AT] },
  mixed: {
    icon: 'review',
    under: SYNCED_AT,
    rows: [`${SYNCED_AT} · 1 held · 10 need you`, ['Review the changes…', '#/overview?preview']],
  },
};

function everyRow(rows: readonly TrayRow[]): readonly TrayRow[] {
  return rows.flatMap((row) => (row.kind === 'submenu' ? [row, ...everyRow(row.rows)] : [row]));
}

describe('the tray', () => {
  it.each(GLANCE_STATE_NAMES)('shows its row of the table: %s', (name) => {
    const state = GLANCE_STATES[name];
    const { icon, tooltip, rows } = modelOf(state);
    const { icon: expectedIcon, under, rows: expectedRows } = table[name];
    const headline = describeGlance(glanceOf(state), { timeOf });
    expect(icon).toBe(expectedIcon);
    expect(tooltip.split('\n').slice(0, 2)).toEqual(under === undefined ? [headline] : [headline, under]);
    expect(rows[0]).toEqual({ kind: 'label', label: headline });
    const head = rows.slice(
      1,
      rows.findIndex(({ kind }) => kind === 'separator'),
    );
    expect(head.map((row) => (row.kind === 'label' ? row.label : [...labelsOf([row]), aimOf(row)]))).toEqual(
      expectedRows,
    );
  });

  it.each(GLANCE_STATE_NAMES)('has labels and a tooltip that every system takes: %s', (name) => {
    const { tooltip, rows } = modelOf(GLANCE_STATES[name], { records: [record({ id: 3 })] });
    expect(tooltip.length).toBeLessThanOrEqual(127);
    const labels = everyRow(rows).flatMap((row) => (row.kind === 'separator' ? [] : [row.label]));
    expect(labels.flatMap((label) => textFaults(label))).toEqual([]);
    expect(labels.filter((label) => label.replaceAll('&&', '&').length > 60)).toEqual([]);
  });

  it.each<[RemoteStateName, string]>([
    ['by-hand', `${SYNCED_AT} · 2 changes wait for a sync`],
    ['in-sync', SYNCED_AT],
    ['paused', SYNCED_AT],
  ])('stays plain where a server asks nothing, and tells what waits by hand: %s', (name, under) => {
    const { icon, rows } = modelOf(REMOTE_STATES[name]);
    expect([icon, labelsOf(rows)[0]]).toEqual(['plain', '5 profiles synced']);
    expect(labelsOf(rows)[1]).toBe(under.replace('13:20', '13:28'));
  });

  it.each<[RemoteStateName, string, string]>([
    ['offline', 'offline', '#/overview?target=office'],
    ['auth-failed', 'error', '#/overview?target=office'],
    ['tls-untrusted', 'error', '#/overview?target=office'],
    ['deaf', 'waiting', '#/overview?target=office'],
    ['first-sync', 'review', '#/overview?preview&target=office'],
    ['adoption', 'review', '#/overview?preview&target=office'],
  ])('leads from what is wrong with a server to its card: %s', (name, icon, aim) => {
    const { icon: shown, rows } = modelOf(REMOTE_STATES[name]);
    const leads = rows.find((row) => row.kind === 'command');
    expect([shown, leads === undefined ? null : aimOf(leads)]).toEqual([icon, aim]);
  });

  it('always has the same rows below the headline', () => {
    const { rows } = modelOf(GLANCE_STATES.synced);
    expect(labelsOf(rows)).toEqual([
      '5 profiles synced',
      SYNCED_AT,
      '-',
      'Sync now',
      'Preview changes…',
      'Auto-sync',
      'Pause for 1 hour',
      '-',
      'Profiles',
      'Recent changes',
      '-',
      'Open CLIProxy Sync',
      'Settings…',
      'Quit',
    ]);
    expect(aimOf(rowOf(rows, 'Preview changes…'))).toBe('#/overview?preview');
    expect(aimOf(rowOf(rows, 'Settings…'))).toBe('#/settings');
    expect(rowOf(rows, 'Open CLIProxy Sync')).toMatchObject({ action: { kind: 'open', route: null } });
    expect(rowOf(rows, 'Quit')).toMatchObject({ action: { kind: 'quit' }, enabled: true });
  });

  it('offers nothing that can not be done yet', () => {
    const before = trayModel({
      glance: { kind: 'starting' },
      state: null,
      records: [],
      attached: null,
      troubled: [],
      timeOf,
    });
    for (const { rows } of [before, modelOf(GLANCE_STATES.starting)]) {
      for (const label of ['Sync now', 'Preview changes…', 'Auto-sync', 'Pause for 1 hour']) {
        expect(rowOf(rows, label)).toMatchObject({ enabled: false });
      }
      expect(rowOf(rows, 'Open CLIProxy Sync')).toMatchObject({ enabled: true });
    }
    expect(rowOf(modelOf(GLANCE_STATES['syncing-auto']).rows, 'Sync now')).toMatchObject({ enabled: false });
  });

  it('switches auto-sync in the mode that it has', () => {
    expect(rowOf(modelOf(GLANCE_STATES.synced).rows, 'Auto-sync')).toMatchObject({
      checked: true,
      action: { kind: 'set-auto-sync', mode: 'follow-ccs', enabled: false },
    });
    const { autoSync } = GLANCE_STATES['auto-sync-off'];
    const off: AppState = { ...GLANCE_STATES['auto-sync-off'], autoSync: { ...autoSync, mode: 'own' } };
    const { rows } = modelOf(off);
    expect(rowOf(rows, 'Auto-sync')).toMatchObject({
      checked: false,
      action: { kind: 'set-auto-sync', mode: 'own', enabled: true },
    });
    expect(rowOf(rows, 'Pause for 1 hour')).toMatchObject({ enabled: false });
  });

  it('pauses for an hour, and resumes what is paused', () => {
    expect(rowOf(modelOf(GLANCE_STATES.synced).rows, 'Pause for 1 hour')).toMatchObject({
      action: { kind: 'pause', durationMs: 3_600_000 },
    });
    const { rows } = modelOf(GLANCE_STATES.paused);
    expect(labelsOf(rows)).not.toContain('Pause for 1 hour');
    expect(rowOf(rows, 'Resume')).toMatchObject({ enabled: true, action: { kind: 'resume' } });
  });

  it('says where the service runs that it is attached to', () => {
    const labels = labelsOf(modelOf(GLANCE_STATES['error-yaml'], { attached: { pid: 123 } }).rows);
    expect(labels.slice(0, 5)).toEqual([
      'Sync failed: config.yaml line 41: "port" is there twice',
      SYNCED_AT,
      'Show what is wrong…',
      'Service runs elsewhere (pid 123)',
      '-',
    ]);
  });

  it('tells in its tooltip when changes are not noticed at once', () => {
    const watcher: AppState['watcher'] = { state: 'polling', why: 'ENOSPC' };
    expect(modelOf({ ...GLANCE_STATES.synced, watcher }).tooltip).toBe(
      `5 profiles synced\n${SYNCED_AT}\nChanges are noticed after some seconds, because the system can watch no more files at once`,
    );
    expect(modelOf(GLANCE_STATES['error-watcher']).tooltip).toBe(
      `Changes are not noticed any more\n${SYNCED_AT}`,
    );
  });
});

describe('the profiles in the tray', () => {
  it('are at most twelve, those that need somebody first', () => {
    const rows = submenu(modelOf(GLANCE_STATES.mixed), 'Profiles');
    expect(labelsOf(rows)).toEqual([
      'lost: CCS knows it, but its file is not there',
      'broken: Its file is not valid JSON (line 14)',
      'unreadable: You have no permission to read its file',
      'deepseek: ANTHROPIC_AUTH_TOKEN is missing',
      'minimax: ANTHROPIC_AUTH_TOKEN is missing, only ANTHROPIC_AP…',
      'qwen: Its token is still a placeholder',
      'pasted: Its token has a character that no token may have, s…',
      'дом: No prefix can be made of its name',
      'my_custom-1: The profile my.custom-1 has the prefix my-cust…',
      "mimo: Somebody else's entry at line 34 of the configuration…",
      'openrouter: to review',
      'km: held',
      '-',
      'Show all…',
    ]);
    expect(aimOf(rowOf(rows, 'km: held'))).toBe('#/profiles/km');
  });

  it('are all in the window, however many there are', () => {
    const rows = submenu(modelOf(GLANCE_STATES.thousand), 'Profiles');
    expect(rows).toHaveLength(12 + 2);
    expect(rows.map(aimOf)).toContain('#/profiles');
  });

  it('may be none', () => {
    expect(labelsOf(submenu(modelOf(GLANCE_STATES.empty), 'Profiles'))).toEqual([
      'No profile yet',
      '-',
      'Show all…',
    ]);
  });

  it('keep the ampersand of a name', () => {
    const state: AppState = { ...GLANCE_STATES.synced, profiles: [profile('q&a')] };
    const rows = submenu(modelOf(state), 'Profiles');
    expect(aimOf(rowOf(rows, 'q&&a'))).toBe('#/profiles/q%26a');
  });

  it('are not cut within what people see as one character', () => {
    const state: AppState = { ...GLANCE_STATES.synced, profiles: [profile('👩‍💻'.repeat(70))] };
    expect(labelsOf(submenu(modelOf(state), 'Profiles'))[0]).toBe(`${'👩‍💻'.repeat(59)}…`);
  });
});

function record(over: Partial<HistoryEntry>): HistoryEntry {
  return {
    id: 1,
    time: '2026-11-22T09:05:00.000Z',
    kind: 'sync',
    path: '/home/ana/.ccs/cliproxy/config.yaml',
    undoes: null,
    operations: [addition('glm'), KEY_CHANGE],
    hashBefore: 'a',
    hashAfter: 'b',
    ...over,
  };
}

describe('the recent changes in the tray', () => {
  const changes = (...records: readonly Partial<HistoryEntry>[]): readonly TrayRow[] =>
    submenu(modelOf(GLANCE_STATES.synced, { records: records.map(record) }), 'Recent changes');

  it('open in the history, the latest five of them', () => {
    const rows = changes(...[9, 8, 7, 6, 5, 4].map((id) => ({ id })));
    expect(rows.map(aimOf)).toEqual([
      ...['#/history/9', '#/history/8', '#/history/7', '#/history/6', '#/history/5'],
      null,
      '#/history/9?undo',
      '#/history',
    ]);
    expect(labelsOf(rows)[0]).toBe('09:05 · Added glm · Updated km');
  });

  it('say what each did', () => {
    const rows = changes(
      { id: 9, kind: 'undo', undoes: 8 },
      { id: 8, kind: 'sync', operations: [] },
      { id: 7, kind: 'restore', operations: [{ ...addition('glm'), op: 'restore' }] },
      { id: 6, kind: 'release', operations: [] },
      { id: 5, kind: 'interrupted', operations: [] },
    );
    expect(labelsOf(rows).slice(0, 5)).toEqual([
      '09:05 · Undid change 8 · Added glm · Updated km',
      '09:05 · No entry changed',
      '09:05 · Brought back glm',
      '09:05 · Stopped managing; the entries stay',
      '09:05 · An interrupted write was kept',
    ]);
  });

  it('offer to undo the latest sync that stands', () => {
    const undo = 'Undo the last sync…';
    expect(aimOf(rowOf(changes({ id: 4, kind: 'undo', undoes: 3 }, { id: 3 }, { id: 2 }), undo))).toBe(
      '#/history/2?undo',
    );
    expect(labelsOf(changes({ id: 4, kind: 'undo', undoes: 0 }, { id: 3 }))).not.toContain(undo);
    expect(aimOf(rowOf(changes({ id: 5 }, { id: 4, kind: 'undo', undoes: 0 }), undo))).toBe(
      '#/history/5?undo',
    );
  });

  it('may be none', () => {
    expect(changes()).toEqual([{ kind: 'label', label: 'No changes yet' }]);
  });
});

describe('the models to look at in the tray', () => {
  const troubled = (...kinds: readonly ModelTrouble['kind'][]): TrayInput['troubled'] =>
    kinds.map((kind, at) => ({
      profile: `p${at}`,
      model: 'm',
      trouble: { kind, provider: 'claude', providerName: 'Claude', reason: null, replacement: null },
    }));
  const state = GLANCE_STATES.synced;

  it.each([
    [troubled('deprecated'), '1 profile uses a deprecated model', '#/profiles/p0'],
    [troubled('broken', 'broken'), '2 profiles use broken models', '#/profiles'],
    [troubled('unknown', 'unknown'), '2 profiles use unknown models', '#/profiles'],
    [
      troubled('deprecated', 'unknown', 'unknown'),
      '3 profiles use deprecated, broken or unknown models',
      '#/profiles',
    ],
  ])('stand in one row that leads to them: %#', (found, label, aim) => {
    const model = modelOf(state, { troubled: found });
    expect(aimOf(rowOf(model.rows, label))).toBe(aim);
  });

  it('change neither icon nor headline nor tooltip', () => {
    const { rows: plainRows, ...plain } = modelOf(state);
    const { rows, ...shown } = modelOf(state, { troubled: troubled('broken') });
    expect(shown).toEqual(plain);
    expect(rows).toHaveLength(plainRows.length + 1);
  });
});
