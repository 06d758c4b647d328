import { type ConfigFacts, DEFAULT_PROXY_PORT } from './config-facts.ts';
import { lookUp, resolved } from './resolve-alias.ts';
import type { YamlDocument, YamlMap, YamlNode } from './yaml-tree.ts';

/** Sections whose credentials serve models, under names that an entry of ours may share. */
const OTHER_SECTIONS = ['gemini-api-key', 'codex-api-key', 'vertex-api-key', 'openai-compatibility'];

/** Reads what else we need of the configuration. What is missing or of a wrong type counts as its default. */
export function readConfigFacts(document: YamlDocument): ConfigFacts {
  const at = (...path: string[]): YamlNode | null => follow(document, path);
  const port = textOf(at('port'));
  return {
    host: textOf(at('host')),
    port: /^\d{1,5}$/.test(port) && Number(port) > 0 ? Number(port) : DEFAULT_PROXY_PORT,
    tls: isTrue(at('tls', 'enable')),
    apiKeys: itemsOf(document, at('api-keys'))
      .map(textOf)
      .filter((key) => key !== ''),
    secretKey: textOf(at('remote-management', 'secret-key')),
    forceModelPrefix: isTrue(at('force-model-prefix')),
    authDir: textOf(at('auth-dir')),
    otherModelNames: otherModelNames(document),
  };
}

function otherModelNames(document: YamlDocument): Set<string> {
  const names = new Set<string>();
  for (const section of OTHER_SECTIONS) {
    for (const entry of mapsOf(document, follow(document, [section]))) {
      for (const model of mapsOf(document, lookUp(document, entry, 'models'))) {
        const name = textOf(lookUp(document, model, 'alias')) || textOf(lookUp(document, model, 'name'));
        if (name !== '') names.add(name);
      }
    }
  }
  return names;
}

function follow(document: YamlDocument, path: readonly string[]): YamlNode | null {
  let node: YamlNode | null = document.root;
  for (const name of path) node = node?.kind === 'map' ? lookUp(document, node, name) : null;
  return node;
}

function itemsOf(document: YamlDocument, node: YamlNode | null): (YamlNode | null)[] {
  return node?.kind === 'list' ? node.items().map((item) => resolved(document, item.value)) : [];
}

function mapsOf(document: YamlDocument, node: YamlNode | null): YamlMap[] {
  return itemsOf(document, node).filter((item) => item?.kind === 'map');
}

function textOf(node: YamlNode | null): string {
  return node?.kind === 'scalar' && !node.isNull ? node.value : '';
}

/** The words that Go's yaml.v3 decodes into a true boolean. */
function isTrue(node: YamlNode | null): boolean {
  return node?.kind === 'scalar' && node.style === 'plain' && /^(?:true|yes|on|y)$/i.test(node.value);
}
