import type { ListedModel } from '../../shared/catalog/filter-models.ts';
import type { CatalogModel } from '../../shared/schema/catalog.ts';
import { describeThinking } from '../../shared/words/describe-catalog.ts';
import * as m from '../../shared/words/generated/messages.js';

/** Where one fact is from. `either`: the proxy's word where it has one, else ours; the catalog keeps no more. */
export type Origin = 'remote' | 'static' | 'either';

/** One row about a model. */
export interface ModelFact {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  /** Null: not something that is known of it. */
  readonly from: Origin | null;
}

/** What is known of a model, with where it is known from. What nobody says is left out, but not the limits. */
export function describeModel({ model, providerName }: ListedModel, locale: string): readonly ModelFact[] {
  const origin = originsOf(model);
  const tokens = (count: number | null): string =>
    count === null
      ? m.catalog_ui_unknown()
      : m.catalog_ui_tokens({ count, text: count.toLocaleString(locale) });
  const { thinking } = model;
  const rows: readonly (readonly [string, string, string | null, Origin | null])[] = [
    ['provider', m.catalog_ui_fact_provider(), providerName, null],
    [
      'context',
      m.catalog_ui_fact_context(),
      tokens(model.contextLength),
      model.contextLength === null ? null : origin.proxys,
    ],
    [
      'output',
      m.catalog_ui_fact_output(),
      tokens(model.outputLimit),
      model.outputLimit === null ? null : origin.proxys,
    ],
    [
      'extended',
      m.catalog_ui_fact_extended(),
      yesNo(model.extendedContext),
      model.contextLength === null ? 'static' : origin.proxys,
    ],
    ['thinking', m.catalog_ui_fact_thinking(), describeThinking(thinking, locale), origin.proxysFirst],
    ['max-level', m.catalog_ui_fact_max_level(), thinking?.maxLevel ?? null, 'static'],
    ['off', m.catalog_ui_fact_off(), yesNo(thinking?.zeroAllowed ?? null), origin.proxysFirst],
    ['dynamic', m.catalog_ui_fact_dynamic(), yesNo(thinking?.dynamicAllowed ?? null), origin.proxysFirst],
    ['in', m.catalog_ui_fact_in(), listed(model.inputModalities), origin.proxysFirst],
    ['out', m.catalog_ui_fact_out(), listed(model.outputModalities), origin.proxys],
    ['tier', m.catalog_ui_fact_tier(), model.tier, 'static'],
    ['version', m.catalog_ui_fact_version(), model.version, origin.proxys],
  ];
  return rows.flatMap(([id, label, value, from]) => (value === null ? [] : [{ id, label, value, from }]));
}

/** By the rules of the merge (core/catalog/merge-catalog): limits and version are the proxy's alone. */
function originsOf({ source }: CatalogModel): { readonly proxys: Origin; readonly proxysFirst: Origin } {
  switch (source) {
    case 'static':
      return { proxys: 'static', proxysFirst: 'static' };
    case 'remote':
      return { proxys: 'remote', proxysFirst: 'remote' };
    case 'both':
      return { proxys: 'remote', proxysFirst: 'either' };
  }
}

export function describeFactOrigin(from: Origin): string {
  switch (from) {
    case 'remote':
      return m.catalog_ui_from_remote();
    case 'static':
      return m.catalog_ui_from_static();
    case 'either':
      return m.catalog_ui_from_either();
  }
}

function listed(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join(m.list_separator());
}

function yesNo(value: boolean | null): string | null {
  if (value === null) return null;
  return value ? m.catalog_ui_yes() : m.catalog_ui_no();
}
