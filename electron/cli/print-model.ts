import { isTroubled, type ListedModel } from '../../shared/catalog/filter-models.ts';
import { describeThinking } from '../../shared/words/describe-catalog.ts';

/** What stands where nobody says it. */
const UNKNOWN = '-';

/** A model as a row of the list. */
export function modelRow({ provider, model, isDefault }: ListedModel): string[] {
  return [
    provider,
    isDefault ? `${model.id} *` : model.id,
    model.name,
    tokens(model.contextLength),
    tokens(model.outputLimit),
    describeThinking(model.thinking, 'en') ?? UNKNOWN,
    model.source,
    isTroubled(model) ? (model.broken ? 'broken' : 'deprecated') : '',
  ];
}

/** All that is known of a model, as names and values. */
export function modelDetails({
  provider,
  model,
  isDefault,
}: ListedModel): readonly (readonly [string, string])[] {
  const { deprecationReason } = model;
  const deprecated = deprecationReason === null ? 'yes' : `yes: ${deprecationReason}`;
  const rows: readonly (readonly [string, string | null])[] = [
    ['ID', isDefault ? `${model.id} (default of ${provider})` : model.id],
    ['Description', model.description],
    ['Version', model.version],
    ['Tier', model.tier],
    ['Context', model.contextLength === null ? null : `${tokens(model.contextLength)} tokens`],
    ['Output', model.outputLimit === null ? null : `${tokens(model.outputLimit)} tokens`],
    ['Thinking', describeThinking(model.thinking, 'en')],
    ['Most levels', model.thinking?.maxLevel ?? null],
    ['Takes', model.inputModalities.join(', ') || null],
    ['Gives', model.outputModalities.join(', ') || null],
    ['Broken', model.broken ? 'yes' : null],
    ['Deprecated', model.deprecated ? deprecated : null],
    ['Issue', model.issueUrl],
    ['Known from', SOURCES[model.source]],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}

const SOURCES = {
  static: 'built-in facts',
  remote: 'the proxy',
  both: 'the proxy and built-in facts',
} as const;

/** Tokens with separators of thousands, whatever the system's language: tables are compared. */
function tokens(count: number | null): string {
  return count === null ? UNKNOWN : count.toLocaleString('en');
}
