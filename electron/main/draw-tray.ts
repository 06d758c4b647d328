import type { TroubledProfile } from '../../shared/catalog/troubled-profiles.ts';
import type { Answer } from '../../shared/contract.ts';
import type { HistoryEntry } from '../../shared/schema/history.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { Glance } from '../../shared/state/glance.ts';
import { createSteadyGlance } from '../../shared/state/steady-glance.ts';
import type { Clock } from '../core/support/clock.ts';
import type { Disposable } from '../core/support/disposable.ts';
import type { DesktopService } from './desktop-service.ts';
import { timeOf } from './time-of.ts';
import { trayModel, type TrayModel } from './tray-model.ts';

export interface TrayDrawing extends Disposable {
  /** The language has become another. */
  redraw(): void;
  /** Profiles with models to look at. */
  setTroubled(troubled: readonly TroubledProfile[]): void;
}

export interface TrayDrawingOptions {
  readonly service: Pick<DesktopService, 'dispatch' | 'subscribe'>;
  readonly clock: Clock;
  readonly locale: () => string;
  readonly show: (model: TrayModel) => void;
}

/** Keeps the tray as the states are. */
export function drawTray({ service, clock, locale, show }: TrayDrawingOptions): TrayDrawing {
  let glance: Glance = { kind: 'starting' };
  let state: AppState | null = null;
  let records: readonly HistoryEntry[] = [];
  let lastRecord: string | null = null;
  let troubled: readonly TroubledProfile[] = [];

  function redraw(): void {
    const pid = state?.service.pid;
    const attached = pid === undefined || pid === process.pid ? null : { pid };
    const at = timeOf(locale(), clock.now());
    show(trayModel({ glance, state, records, attached, troubled, timeOf: at }));
  }

  async function readHistory(): Promise<void> {
    const answer = (await service.dispatch('history.list', {})) as Answer<'history.list'>;
    if (!answer.ok) return;
    records = answer.value.records;
    redraw();
  }

  const steady = createSteadyGlance(
    {
      now: () => clock.now(),
      setTimer: (delayMs, callback) => {
        const timer = clock.setTimer(delayMs, callback);
        return () => timer.dispose();
      },
    },
    (next) => {
      glance = next;
      redraw();
    },
  );
  const following = service.subscribe((next) => {
    state = next;
    steady.take(next);
    redraw();
    const newest = `${next.service.pid} ${next.targets.map((target) => target.lastRecord).join(' ')}`;
    if (newest === lastRecord) return;
    lastRecord = newest;
    void readHistory();
  });
  return {
    redraw,
    setTroubled: (next) => {
      troubled = next;
      redraw();
    },
    dispose: () => {
      following.dispose();
      steady.dispose();
    },
  };
}
