import { lookUp, resolved } from './resolve-alias.ts';
import { findPair, type YamlDocument, type YamlNode, type YamlPair } from './yaml-tree.ts';

/** The key of the one section that we write. */
export const SECTION_KEY = 'claude-api-key';

/** The section's pair in the root mapping; `null` where the file has none of its own. */
export function findSection(document: YamlDocument): YamlPair | null {
  return document.root === null ? null : findPair(document.root, SECTION_KEY);
}

/** The section's value, aliases and merge keys followed; `null` where there is none. */
export function sectionValue(document: YamlDocument): YamlNode | null {
  const own = findSection(document);
  if (own !== null) return resolved(document, own.value);
  return document.root === null ? null : lookUp(document, document.root, SECTION_KEY);
}
