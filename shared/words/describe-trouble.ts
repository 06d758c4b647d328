import { assertNever } from '../result.ts';
import type { ModelTrouble } from '../catalog/judge-model.ts';
import * as m from './generated/messages.js';
import { joinSentences } from './join-sentences.ts';

/** What speaks against a model that a profile names, in a sentence or two. */
export function describeTrouble(
  { kind, providerName: provider, reason }: ModelTrouble,
  model: string,
): string {
  const what = (): string => {
    switch (kind) {
      case 'broken':
        return m.catalog_ui_model_broken({ model, provider });
      case 'deprecated':
        return m.catalog_ui_model_deprecated({ model, provider });
      case 'unknown':
        return m.catalog_ui_model_unknown({ model, provider });
      default:
        return assertNever(kind);
    }
  };
  return joinSentences([what(), reason ?? '']);
}

/** The same for a row of a list. */
export function describeTroubleShortly({ kind }: ModelTrouble, model: string): string {
  switch (kind) {
    case 'broken':
      return m.catalog_ui_short_broken({ model });
    case 'deprecated':
      return m.catalog_ui_short_deprecated({ model });
    case 'unknown':
      return m.catalog_ui_short_unknown({ model });
    default:
      return assertNever(kind);
  }
}

/** That profiles name models which something speaks against, in a few words: `2 profiles use deprecated models`. */
export function countTroubles(troubles: readonly Pick<ModelTrouble, 'kind'>[]): string {
  const count = troubles.length;
  const [kind, ...others] = new Set(troubles.map((trouble) => trouble.kind));
  if (kind === undefined || others.length > 0) return m.tray_models_mixed({ count });
  switch (kind) {
    case 'broken':
      return m.tray_models_broken({ count });
    case 'deprecated':
      return m.tray_models_deprecated({ count });
    case 'unknown':
      return m.tray_models_unknown({ count });
    default:
      return assertNever(kind);
  }
}
