import { isDeepStrictEqual } from 'node:util';
import { indexModels, type ModelIndex } from '../../shared/catalog/judge-model.ts';
import { findTroubledProfiles, type TroubledProfile } from '../../shared/catalog/troubled-profiles.ts';
import type { Answer } from '../../shared/contract.ts';
import type { AppState } from '../../shared/schema/state.ts';
import type { Disposable } from '../core/support/disposable.ts';
import type { DesktopService } from './desktop-service.ts';

export interface ModelWatch extends Disposable {
  /** Whether anybody wants to know: else the catalog is neither asked for nor kept. */
  setWanted(isWanted: boolean): void;
}

/**
 * Tells which profiles name models that something speaks against, whenever they are others; none as long as nobody
 * wants to know, or the catalog is not known. The catalog is read when its state says that it is another.
 */
export function watchModels(
  service: Pick<DesktopService, 'dispatch' | 'subscribe'>,
  onChange: (troubled: readonly TroubledProfile[], state: AppState | null) => void,
): ModelWatch {
  let state: AppState | null = null;
  let index: ModelIndex | null = null;
  let isWanted = false;
  let readKey: string | null = null;
  let told: readonly TroubledProfile[] = [];

  function tell(): void {
    const found =
      isWanted && index !== null && state !== null ? findTroubledProfiles(index, state.profiles) : [];
    if (isDeepStrictEqual(found, told)) return;
    told = found;
    onChange(found, state);
  }

  async function read(key: string): Promise<void> {
    readKey = key;
    const answer = (await service.dispatch('catalog.get', {})) as Answer<'catalog.get'>;
    // Meanwhile there may be another catalog, or nobody who wants to know.
    if (readKey !== key) return;
    if (answer.ok) index = indexModels(answer.value);
    // Tried again with the next state.
    else readKey = null;
    tell();
  }

  function look(): void {
    const key = isWanted && state !== null ? keyOf(state) : null;
    if (key !== null && key !== readKey) void read(key);
    tell();
  }

  const following = service.subscribe((next) => {
    state = next;
    look();
  });
  return {
    setWanted: (wanted) => {
      if (wanted === isWanted) return;
      isWanted = wanted;
      if (!wanted) [index, readKey] = [null, null];
      look();
    },
    dispose: () => {
      isWanted = false;
      readKey = null;
      following.dispose();
    },
  };
}

/** What of a state says that there is another catalog to read; null before there is one. */
function keyOf({ catalog, service }: AppState): string | null {
  return catalog === null ? null : JSON.stringify([service.pid, { ...catalog, refreshing: false }]);
}
