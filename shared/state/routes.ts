import { assertNever } from '../result.ts';
import type { CatalogProvider } from '../schema/catalog.ts';

/** A place in the window. Main, tray, notifications and the window itself lead there by the same words. */
export type Route =
  /** `preview`: with what a sync would do now, in its dialog. `target` absent: all of them, and the local file's dialog. */
  | { readonly view: 'overview'; readonly preview: boolean; readonly target?: string }
  /** `name` null: no profile is chosen. */
  | { readonly view: 'profiles'; readonly name: string | null }
  /** `model` null: none is chosen. Two providers may have a model of one id. */
  | {
      readonly view: 'catalog';
      readonly model: { readonly provider: CatalogProvider; readonly id: string } | null;
    }
  /**
   * `record` null: no change is chosen. `target` absent: the local file's changes. `undo`: with what taking the change
   * back would do, in its dialog.
   */
  | {
      readonly view: 'history';
      readonly record: number | null;
      readonly target?: string;
      readonly undo?: true;
    }
  | { readonly view: 'settings' };

export type View = Route['view'];

export const HOME: Route = { view: 'overview', preview: false };

/** The hash of an address, as in `#/profiles/glm`. */
export function routeTo(route: Route): string {
  switch (route.view) {
    case 'overview':
      return `#/overview${queryOf(route.preview ? 'preview' : null, route.target)}`;
    case 'profiles':
      return route.name === null ? '#/profiles' : `#/profiles/${encodeURIComponent(route.name)}`;
    case 'catalog':
      return route.model === null
        ? '#/catalog'
        : `#/catalog/${route.model.provider}/${encodeURIComponent(route.model.id)}`;
    case 'history':
      return historyHash(route);
    case 'settings':
      return '#/settings';
    default:
      return assertNever(route);
  }
}

/** The place that a hash names. One that names none, or one that is gone, leads to the Overview or to its view. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
  const [view, detail = '', part = ''] = path.split('/', 3);
  switch (view) {
    case 'overview':
      return { view, preview: query.split('&').includes('preview'), ...targetIn(query) };
    case 'profiles':
      return { view, name: decoded(detail) };
    case 'catalog':
      return { view, model: modelIn(detail, decoded(part)) };
    case 'history':
      return historyIn(detail, query);
    case 'settings':
      return { view };
    default:
      return HOME;
  }
}

function historyHash({ record, target, undo }: Route & { readonly view: 'history' }): string {
  return `#/history${record === null ? '' : `/${record}`}${queryOf(undo === true ? 'undo' : null, target)}`;
}

function historyIn(detail: string, query: string): Route {
  const record = /^[1-9]\d{0,8}$/.test(detail) ? Number(detail) : null;
  const isUndo = record !== null && query.split('&').includes('undo');
  return { view: 'history', record, ...targetIn(query), ...(isUndo ? { undo: true } : {}) };
}

function queryOf(word: 'preview' | 'undo' | null, target: string | undefined): string {
  const parts = [...(word === null ? [] : [word]), ...(target === undefined ? [] : [`target=${target}`])];
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** By shape, not by the schema: this is part of the window's first script. */
function targetIn(query: string): { target?: string } {
  const [, target] = /(?:^|&)target=([a-z0-9][a-z0-9-]{0,63})(?:&|$)/.exec(query) ?? [];
  return target === undefined ? {} : { target };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text) || null;
  } catch {
    return null;
  }
}

/** By name, not by the schema: this is part of the window's first script. */
const PROVIDERS: Readonly<Record<CatalogProvider, true>> = {
  agy: true,
  gemini: true,
  codex: true,
  claude: true,
  kimi: true,
  xai: true,
};

function modelIn(provider: string, id: string | null): { provider: CatalogProvider; id: string } | null {
  if (id === null || !Object.hasOwn(PROVIDERS, provider)) return null;
  return { provider: provider as CatalogProvider, id };
}
