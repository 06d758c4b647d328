import { describe, expect, it } from 'vitest';
import { GLANCE_STATES } from '../../electron/testing/glance-states.ts';
import { CopyText } from '../../shared/schema/requests.ts';
import type { DiagnosticsReport } from '../../shared/schema/diagnostics.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { reportText } from './report-text.ts';

function report(state: AppState): DiagnosticsReport {
  return {
    version: '0.1.0',
    node: 'v24.9.0',
    platform: 'linux',
    stateFolder: '/home/ana/.local/state/cliproxy-sync',
    log: null,
    state,
    doctor: { findings: [], checked: [] },
  };
}

describe('the text of a report', () => {
  it('is indented, and holds all of it', () => {
    const text = reportText(report(GLANCE_STATES.synced));
    expect(text).toContain('\n  "version": "0.1.0"');
    expect(JSON.parse(text)).toEqual(report(GLANCE_STATES.synced));
  });

  it('fits into the clipboard of a host with 2,000 profiles', () => {
    const { thousand } = GLANCE_STATES;
    const profiles = [...thousand.profiles, ...thousand.profiles];
    const text = reportText(report({ ...thousand, profiles }));
    expect(profiles.length).toBeGreaterThanOrEqual(2_000);
    expect(CopyText.safeParse({ text }).success).toBe(true);
  });
});
