import type { YamlNode, YamlScalar } from './yaml-tree.ts';

/**
 * Whether two nodes say the same, however they are laid out. A plain scalar and a quoted one with the same text
 * are the same only where the plain one can be no number, boolean or date.
 */
export function sameValue(a: YamlNode, b: YamlNode): boolean {
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && sameScalar(a, b);
    case 'alias':
      return b.kind === 'alias' && a.name === b.name;
    case 'list': {
      const others = b.kind === 'list' ? b.items() : [];
      if (b.kind !== 'list' || a.items().length !== others.length) return false;
      return a.items().every(({ value }, index) => sameOptional(value, others[index]?.value));
    }
    case 'map': {
      const others = b.kind === 'map' ? b.pairs() : [];
      if (b.kind !== 'map' || a.pairs().length !== others.length) return false;
      return a.pairs().every(({ key, value }, index) => {
        const other = others[index];
        return sameKey(key, other?.key) && sameOptional(value, other?.value);
      });
    }
  }
}

function sameOptional(a: YamlNode, b: YamlNode | undefined): boolean {
  return b !== undefined && sameValue(a, b);
}

function sameKey(a: YamlNode, b: YamlNode | undefined): boolean {
  return a.kind === 'scalar' && b?.kind === 'scalar' ? a.value === b.value : sameOptional(a, b);
}

function sameScalar(a: YamlScalar, b: YamlScalar): boolean {
  if (a.isNull || b.isNull) return a.isNull && b.isNull;
  if (a.value !== b.value) return false;
  const isPlain = a.style === 'plain';
  return isPlain === (b.style === 'plain') || isSurelyText(a.value);
}

/** Starts like no number or date of any version of YAML, and is longer than its words for true and false. */
function isSurelyText(value: string): boolean {
  return !/^[-+.\d~]/.test(value) && !/^[a-z]{1,5}$/i.test(value);
}
