import { isScalar, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import type { YamlRefusal } from '../../../shared/errors.ts';
import { refuseControlCharacters } from './control-characters.ts';
import { keyName } from './key-name.ts';

/**
 * Checks a text that others wrote against all of YAML's rules, with the library's composer; `null` where it is
 * one valid document. Codes: `control-character`, `invalid-yaml` (the library's own code as detail, never its
 * message, which quotes the text), `duplicate-key`, `several-documents`.
 */
export function validateYaml(text: string): YamlRefusal | null {
  const forbidden = refuseControlCharacters(text);
  if (forbidden !== null) return forbidden;
  const lineCounter = new LineCounter();
  const refusal = (code: YamlRefusal['code'], offset: number, detail: string): YamlRefusal => {
    const { line, col } = lineCounter.linePos(offset);
    return { code, line: Math.max(line, 1), column: Math.max(col, 1), detail };
  };
  try {
    const documents = parseAllDocuments(text, {
      lineCounter,
      prettyErrors: false,
      logLevel: 'silent',
      schema: 'failsafe',
      // CLIProxyAPI's parser compares keys as they are written: 1 and "1" are one key.
      uniqueKeys: (a, b) => scalarText(a) !== null && scalarText(a) === scalarText(b),
    });
    const errors = 'empty' in documents ? documents.errors : documents.flatMap((document) => document.errors);
    const directive = documents.length === 0 ? text.search(/^%/m) : -1;
    if (directive !== -1) return refusal('invalid-yaml', directive, 'MISSING_CHAR');
    const second = documents[1];
    const first = errors.sort((a, b) => a.pos[0] - b.pos[0])[0];
    if (second !== undefined && (first === undefined || first.pos[0] >= second.range[0])) {
      return refusal('several-documents', second.range[0], '');
    }
    if (first?.code === 'DUPLICATE_KEY') {
      const written = text.slice(first.pos[0]).match(/^["']?([\w-]*)["']?\s*[:,}]/)?.[1] ?? '';
      return refusal('duplicate-key', first.pos[0], keyName(written));
    }
    if (first !== undefined) return refusal('invalid-yaml', first.pos[0], first.code);
    const lost = documents[0] === undefined || !text.includes('*') ? null : unknownAlias(documents[0]);
    return lost === null ? null : refusal('invalid-yaml', lost, 'UNKNOWN_ANCHOR');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { code: 'invalid-yaml', line: 1, column: 1, detail: 'TOO_DEEP' };
  }
}

function scalarText(node: unknown): string | null {
  return isScalar(node) && typeof node.value === 'string' ? node.value : null;
}

/** The offset of the first alias whose anchor was not set before it. */
function unknownAlias(document: Document.Parsed): number | null {
  const anchors = new Set<string>();
  const lost: number[] = [];
  visit(document, {
    Node: (_key, node) => {
      if ('anchor' in node) anchors.add(node.anchor);
    },
    Alias: (_key, node) => {
      if (anchors.has(node.source)) return undefined;
      lost.push(node.range?.[0] ?? 0);
      return visit.BREAK;
    },
  });
  return lost[0] ?? null;
}
