import { quoteScalar } from './quote-scalar.ts';
import type { YamlNode } from './yaml-tree.ts';

/**
 * Writes a value on one line in JSON's style, for flow collections; its comments are lost. Plain scalars stay as
 * they are written where that reads the same between brackets, so that numbers and booleans remain such.
 */
export function flowText(node: YamlNode): string {
  switch (node.kind) {
    case 'list':
      return `[${node
        .items()
        .map((item) => flowText(item.value))
        .join(', ')}]`;
    case 'map':
      return `{${node
        .pairs()
        .map(({ key, value }) => `${keyText(key)}: ${flowText(value)}`)
        .join(', ')}}`;
    case 'alias':
      throw new Error('An alias can not be copied to another place');
    case 'scalar':
      if (node.style === 'plain' && /^[\w.+~-][\w.+~/@-]*$/.test(node.value)) return node.value;
      return node.style === 'empty' ? 'null' : quoteScalar(node.value);
  }
}

function keyText(key: YamlNode): string {
  return key.kind === 'scalar' ? quoteScalar(key.value) : flowText(key);
}
