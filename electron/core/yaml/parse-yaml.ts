import { Parser, type CST } from 'yaml';
import type { YamlRefusal } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { buildNode } from './build-tree.ts';
import { refuseControlCharacters } from './control-characters.ts';
import { SECTION_KEY } from './find-section.ts';
import { aliasResolver } from './resolve-alias.ts';
import { positions } from './text-lines.ts';
import type { OnProblem } from './token-problems.ts';
import { walkTree } from './walk-tree.ts';
import { findPair, type YamlDocument, type YamlMap } from './yaml-tree.ts';

interface Stream {
  readonly document: CST.Document | null;
  readonly contentEnd: number;
}

/**
 * Reads a YAML text into a view with exact offsets. Built are the root mapping and its `claude-api-key` section;
 * the rest when asked, so that a long file costs little more than the library's syntax tree. A text that others
 * wrote wants `validateYaml` besides, which knows YAML's rules in full.
 *
 * Refuses: `control-character`, `invalid-yaml`, `several-documents`, `root-not-mapping`, and `duplicate-key` for
 * keys of the root and of the section. A byte order mark, CRLF, directives and document markers are fine.
 */
export function parseYaml(text: string): Result<YamlDocument, YamlRefusal> {
  const forbidden = refuseControlCharacters(text);
  if (forbidden !== null) return err(forbidden);
  const position = positions(text);
  const problems: { readonly code: YamlRefusal['code']; readonly offset: number; readonly detail: string }[] =
    [];
  const onProblem: OnProblem = (code, offset, detail) => problems.push({ code, offset, detail });
  try {
    const stream = readStream(text, onProblem);
    const { root, rootMarked } = buildRoot(stream.document, onProblem);
    const section = root === null ? null : findPair(root, SECTION_KEY);
    if (section !== null) walkTree(section.value, () => undefined);
    const first = problems.sort((a, b) => a.offset - b.offset)[0];
    if (first !== undefined) {
      return err({ code: first.code, ...position(first.offset), detail: first.detail });
    }
    const eol = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
    const { contentEnd } = stream;
    return ok({ text, eol, root, rootMarked, contentEnd, position, resolve: aliasResolver(root) });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return err({ code: 'invalid-yaml', line: 1, column: 1, detail: 'TOO_DEEP' });
  }
}

function readStream(text: string, onProblem: OnProblem): Stream {
  let document: CST.Document | null = null;
  let contentEnd: number | null = null;
  for (const token of new Parser().parse(text)) {
    if (token.type === 'error') onProblem('invalid-yaml', token.offset, 'UNEXPECTED_TOKEN');
    else if (token.type === 'document') {
      if (document !== null) onProblem('several-documents', token.offset, '');
      else document = token;
    } else if (token.type === 'doc-end') contentEnd ??= token.offset;
  }
  return { document, contentEnd: contentEnd ?? text.length };
}

function buildRoot(
  document: CST.Document | null,
  onProblem: OnProblem,
): { readonly root: YamlMap | null; readonly rootMarked: boolean } {
  if (document === null) return { root: null, rootMarked: false };
  const node = buildNode(document.value, document.start, { emptyAt: document.offset, onProblem });
  if (node.kind === 'map') {
    node.pairs();
    node.commas();
    return { root: node, rootMarked: node.marked };
  }
  if (node.kind !== 'scalar' || node.style !== 'empty') onProblem('root-not-mapping', node.start, '');
  return { root: null, rootMarked: node.marked };
}
