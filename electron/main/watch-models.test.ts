import { describe, expect, it } from 'vitest';
import { sampleCatalog, sampleModel } from '../../shared/catalog/testing/sample-models.ts';
import { err, ok } from '../../shared/result.ts';
import type { Catalog } from '../../shared/schema/catalog.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { profile } from '../testing/glance-profiles.ts';
import { GLANCE_STATES } from '../testing/glance-states.ts';
import { watchModels } from './watch-models.ts';

function catalogWith(models: Readonly<Record<string, 'fine' | 'deprecated'>>, fetchedMs = 0): Catalog {
  const claude = Object.entries(models).map(([id, is]) =>
    sampleModel(id, { deprecated: is === 'deprecated' }),
  );
  return sampleCatalog([{ provider: 'claude', displayName: 'Claude', defaultModel: '', models: claude }], {
    origin: { kind: 'live', fetchedMs, from: null },
  });
}

function stateOf(catalog: Catalog, models: readonly string[]): AppState {
  const glm = profile('glm');
  const entry = glm.entry && { ...glm.entry, baseUrl: 'https://api.anthropic.com', models };
  return { ...GLANCE_STATES.synced, catalog: catalog.state, profiles: [{ ...glm, entry }] };
}

/** A service that answers `catalog.get` with the present catalog; null: with a failure. */
function scene() {
  let catalog: Catalog | null = null;
  let listener: (state: AppState) => void = () => undefined;
  const told: (readonly string[])[] = [];
  let asked = 0;
  const service = {
    dispatch: () => {
      asked += 1;
      return Promise.resolve(catalog === null ? err({ code: 'service-gone' } as const) : ok(catalog));
    },
    subscribe: (given: typeof listener) => {
      listener = given;
      return { dispose: () => (listener = () => undefined) };
    },
  };
  const watch = watchModels(service, (troubled) => told.push(troubled.map(({ model }) => model)));
  return {
    watch,
    told,
    asked: () => asked,
    show: (next: Catalog | null, state: AppState) => {
      catalog = next;
      listener(state);
    },
  };
}

const OLD = catalogWith({ 'claude-old': 'deprecated', 'claude-new': 'fine' });

describe('the watch for models that something speaks against', () => {
  it('does not ask for the catalog as long as nobody wants to know', () => {
    const { told, asked, show } = scene();
    show(OLD, stateOf(OLD, ['claude-old']));
    expect([asked(), told]).toEqual([0, []]);
  });

  it('tells them, reads the catalog once, and follows the profiles', async () => {
    const { watch, told, asked, show } = scene();
    watch.setWanted(true);
    show(OLD, stateOf(OLD, ['claude-old']));
    await expect.poll(() => told).toEqual([['claude-old']]);
    show(OLD, stateOf(OLD, ['claude-new']));
    show(OLD, stateOf(OLD, ['claude-new']));
    expect([asked(), told]).toEqual([1, [['claude-old'], []]]);
  });

  it('reads the catalog anew when it is another one', async () => {
    const { watch, told, show } = scene();
    watch.setWanted(true);
    show(OLD, stateOf(OLD, ['claude-old']));
    await expect.poll(() => told).toHaveLength(1);
    const mended = catalogWith({ 'claude-old': 'fine' }, 1);
    show(mended, stateOf(mended, ['claude-old']));
    await expect.poll(() => told).toEqual([['claude-old'], []]);
  });

  it('tells that there are none any more once nobody wants to know', async () => {
    const { watch, told, show } = scene();
    watch.setWanted(true);
    show(OLD, stateOf(OLD, ['claude-old']));
    await expect.poll(() => told).toHaveLength(1);
    watch.setWanted(false);
    expect(told).toEqual([['claude-old'], []]);
  });

  it('asks again where the catalog could not be read', async () => {
    const { watch, told, asked, show } = scene();
    watch.setWanted(true);
    show(null, stateOf(OLD, ['claude-old']));
    await expect.poll(() => asked()).toBe(1);
    await Promise.resolve();
    show(OLD, stateOf(OLD, ['claude-old']));
    await expect.poll(() => told).toEqual([['claude-old']]);
  });
});
