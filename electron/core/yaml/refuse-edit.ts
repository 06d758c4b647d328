import type { YamlRefusal } from '../../../shared/errors.ts';
import { lineStart } from './text-lines.ts';
import { holdsIndirection } from './walk-tree.ts';
import { findPair, type YamlDocument, type YamlItem, type YamlMap, type YamlPair } from './yaml-tree.ts';

/** A refusal of code `indirect`; its detail says what is in the way. */
export function indirect(document: YamlDocument, offset: number, detail: string): YamlRefusal {
  return { code: 'indirect', ...document.position(offset), detail };
}

/** Refuses every edit of a section that is an alias, is anchored or tagged, or is written with `?`. */
export function refuseSection(document: YamlDocument, pair: YamlPair): YamlRefusal | null {
  if (pair.explicit || pair.key.marked) return indirect(document, pair.start, 'explicit-key');
  if (pair.colonEnd === null) return indirect(document, pair.start, 'no-colon');
  if (pair.value.marked || pair.value.kind === 'alias') return indirect(document, pair.start, 'anchor');
  if (pair.value.kind === 'map')
    return { code: 'section-not-list', ...document.position(pair.value.start), detail: 'map' };
  if (pair.value.kind === 'scalar' && !pair.value.isNull) {
    return { code: 'section-not-list', ...document.position(pair.value.start), detail: 'scalar' };
  }
  return null;
}

/** Refuses to take out or copy an entry that other places may refer to, or that refers to them. */
export function refuseItem(document: YamlDocument, item: YamlItem): YamlRefusal | null {
  return holdsIndirection(item.value) ? indirect(document, item.start, 'anchor') : null;
}

/** Refuses to change an entry in place where its layout is one of YAML's rarities. */
export function refuseUpdate(document: YamlDocument, item: YamlItem): YamlRefusal | null {
  const anchored = refuseItem(document, item);
  if (anchored !== null) return anchored;
  if (item.value.kind !== 'map') return indirect(document, item.start, 'not-a-mapping');
  const models = findPair(item.value, 'models')?.value;
  const inner = models?.kind === 'list' ? models.items().map((model) => model.value) : [];
  for (const node of [item.value, ...inner]) {
    const detail = node.kind === 'map' ? oddLayout(document, node) : null;
    if (detail !== null) return indirect(document, node.start, detail);
  }
  return null;
}

function oddLayout({ text }: YamlDocument, map: YamlMap): string | null {
  if (map.style === 'pair') return 'single-pair';
  if (map.pairs().some((pair) => pair.explicit)) return 'explicit-key';
  const isBlock = map.style === 'block';
  return isBlock && text.slice(lineStart(text, map.start), map.start).includes('\t') ? 'tab' : null;
}
