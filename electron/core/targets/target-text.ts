import type { AppError, YamlRefusal } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ConfigFacts } from '../yaml/config-facts.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { readConfigFacts } from '../yaml/read-config-facts.ts';
import { readSection } from '../yaml/read-section.ts';
import { lazy } from '../yaml/lazy.ts';
import { type OwnSection, readOwnSection } from '../yaml/own-section.ts';
import type { SectionEntry } from '../yaml/section.ts';
import { validateYaml } from '../yaml/validate-yaml.ts';
import type { YamlDocument } from '../yaml/yaml-tree.ts';

/** What a configuration's text says. */
export interface TargetContent {
  readonly document: YamlDocument;
  readonly facts: ConfigFacts;
  readonly entries: readonly SectionEntry[];
  /** Null where the text was parsed as a whole. */
  readonly own: OwnSection | null;
}

/**
 * Reads a CLIProxyAPI configuration. A text that others may have written is checked by the full parser as
 * well; for one that we wrote and checked the fast one is enough.
 * Errors: `target-not-utf8`, `target-refused`.
 */
export function readTargetText(
  path: string,
  bytes: Uint8Array,
  written: 'by-us' | 'by-others',
): Result<TargetContent, AppError> {
  const text = decodeUtf8(bytes);
  if (text === null) return err({ code: 'target-not-utf8', path, line: lineOfBadByte(bytes) });
  const own = written === 'by-us' ? readOwnSection(text) : null;
  if (own !== null) return ok(ownContent(text, own));
  const refused = (refusal: YamlRefusal) => err({ code: 'target-refused', path, refusal } as const);
  const document = parseYaml(text);
  if (!document.ok) return refused(document.error);
  const invalid = written === 'by-us' ? null : validateYaml(text);
  if (invalid !== null) return refused(invalid);
  const entries = readSection(document.value);
  if (!entries.ok) return refused(entries.error);
  return ok({
    document: document.value,
    facts: readConfigFacts(document.value),
    entries: entries.value,
    own,
  });
}

/** The whole text is parsed only where somebody asks for it. */
function ownContent(text: string, own: OwnSection): TargetContent {
  const whole = lazy(() => {
    const document = parseYaml(text);
    if (!document.ok) throw new Error(`Valid without its entries, and not with them: ${document.error.code}`);
    return document.value;
  });
  return {
    facts: readConfigFacts(own.document),
    entries: own.entries,
    own,
    get document() {
      return whole();
    },
  };
}

/** Decodes UTF-8 and keeps a byte order mark; null where it is not UTF-8. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The first line, from 1, that is not UTF-8. A line break is never part of a longer character. */
function lineOfBadByte(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0 || decodeUtf8(bytes.subarray(start, end)) === null) return line;
    start = end + 1;
    line += 1;
  }
}
