import type { YamlNode } from './yaml-tree.ts';

/** Calls `visit` for a node and everything in it, in file order, keys included. Builds every part. */
export function walkTree(node: YamlNode, visit: (node: YamlNode) => void): void {
  visit(node);
  if (node.kind === 'map') {
    node.commas();
    for (const pair of node.pairs()) {
      walkTree(pair.key, visit);
      walkTree(pair.value, visit);
    }
  } else if (node.kind === 'list') {
    node.commas();
    for (const item of node.items()) walkTree(item.value, visit);
  }
}

/** Whether an anchor, alias, tag or merge key occurs in a node: editing it could change other places, or itself. */
export function holdsIndirection(node: YamlNode): boolean {
  if (node.marked || node.kind === 'alias') return true;
  if (node.kind === 'list') return node.items().some((item) => holdsIndirection(item.value));
  if (node.kind !== 'map') return false;
  return node
    .pairs()
    .some(({ key, value }) => holdsIndirection(key) || isMergeKey(key) || holdsIndirection(value));
}

/** YAML's `<<`, unquoted. */
export function isMergeKey(key: YamlNode): boolean {
  return key.kind === 'scalar' && key.style === 'plain' && key.value === '<<';
}
