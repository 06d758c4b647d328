import { isMergeKey, walkTree } from './walk-tree.ts';
import { findPair, type YamlAlias, type YamlDocument, type YamlMap, type YamlNode } from './yaml-tree.ts';

/** How many aliases may lead to one another; a longer chain is a circle. */
const MAX_DEPTH = 32;

/** Makes a document's alias resolver. The anchors are collected on its first call, which builds the whole tree. */
export function aliasResolver(root: YamlMap | null): (alias: YamlAlias) => YamlNode | null {
  let anchors: Map<string, YamlNode[]> | null = null;
  return (alias) => {
    anchors ??= collectAnchors(root);
    const candidates = anchors.get(alias.name) ?? [];
    return candidates.filter((node) => node.start < alias.start).pop() ?? null;
  };
}

function collectAnchors(root: YamlMap | null): Map<string, YamlNode[]> {
  const anchors = new Map<string, YamlNode[]>();
  if (root === null) return anchors;
  walkTree(root, (node) => {
    if (node.anchor === null) return;
    const nodes = anchors.get(node.anchor);
    if (nodes === undefined) anchors.set(node.anchor, [node]);
    else nodes.push(node);
  });
  return anchors;
}

/** The node itself, or what an alias stands for at last; `null` for an alias of nothing or of itself. */
export function resolved(document: YamlDocument, node: YamlNode): YamlNode | null {
  let current: YamlNode | null = node;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    if (current?.kind !== 'alias') return current;
    current = document.resolve(current);
  }
  return null;
}

/** A mapping's value for a key, aliases resolved; its own key first, then those of its merge keys in order. */
export function lookUp(document: YamlDocument, map: YamlMap, name: string): YamlNode | null {
  return lookUpWithin(document, { map, depth: 0 }, name);
}

function lookUpWithin(
  document: YamlDocument,
  at: { map: YamlMap; depth: number },
  name: string,
): YamlNode | null {
  const own = findPair(at.map, name);
  if (own !== null) return resolved(document, own.value);
  for (const map of mergedMaps(document, at.map, at.depth)) {
    const value = lookUpWithin(document, { map, depth: at.depth + 1 }, name);
    if (value !== null) return value;
  }
  return null;
}

/** A mapping's keys in order, its own first, then those that merge keys bring. Keys that are no scalars are `''`. */
export function keysOf(document: YamlDocument, map: YamlMap): string[] {
  const keys = new Set<string>();
  const collect = (from: YamlMap, depth: number): void => {
    for (const { key } of from.pairs()) {
      if (!isMergeKey(key)) keys.add(key.kind === 'scalar' ? key.value : '');
    }
    for (const merged of mergedMaps(document, from, depth)) collect(merged, depth + 1);
  };
  collect(map, 0);
  return [...keys];
}

function mergedMaps(document: YamlDocument, map: YamlMap, depth: number): YamlMap[] {
  if (depth >= MAX_DEPTH) return [];
  const maps: YamlMap[] = [];
  for (const { key, value } of map.pairs()) {
    if (!isMergeKey(key)) continue;
    const source = resolved(document, value);
    const nodes =
      source?.kind === 'list' ? source.items().map((item) => resolved(document, item.value)) : [source];
    for (const node of nodes) if (node?.kind === 'map') maps.push(node);
  }
  return maps;
}
