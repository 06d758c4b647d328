/** What the subset of YAML below can say. */
export type PlainValue = string | number | boolean | null | readonly PlainValue[] | PlainMap;
export interface PlainMap {
  readonly [key: string]: PlainValue;
}

interface Frame {
  readonly indent: number;
  readonly node: Record<string, PlainValue> | PlainValue[];
}

interface Line {
  readonly indent: number;
  /** Null on the line of a list's item. */
  readonly key: string | null;
  /** Undefined where the key's value stands on the lines that follow. */
  readonly value: PlainValue | undefined;
}

/**
 * Reads YAML as CCS writes its config.yaml: block mappings and lists of scalars, one line each. Anything
 * beyond that (anchors, several lines for one value, escapes, unusual numbers, duplicate keys, tabs, faults)
 * gives undefined, and the text goes to the YAML library. It is about ten times as fast as that library, whose
 * time for a registry of a thousand profiles alone would be that of a whole sync.
 */
export function readPlainYaml(text: string): PlainMap | undefined {
  const root: Record<string, PlainValue> = {};
  const frames: Frame[] = [{ indent: 0, node: root }];
  let pendingKey: string | null = null;
  let lines = 0;
  for (const source of text.split('\n')) {
    if (/^ *(?:#.*)?$/.test(source)) continue;
    const line = readLine(source);
    if (line === undefined) return undefined;
    lines++;
    let frame = frames.at(-1);
    if (pendingKey !== null && frame !== undefined && opensBlock(line, frame)) {
      const node = line.key === null ? [] : {};
      (frame.node as Record<string, PlainValue>)[pendingKey] = node;
      frame = { indent: line.indent, node };
      frames.push(frame);
    }
    pendingKey = null;
    while (frame !== undefined && closesBlock(line, frame)) {
      frames.pop();
      frame = frames.at(-1);
    }
    if (frame === undefined || frame.indent !== line.indent) return undefined;
    if (Array.isArray(frame.node)) {
      if (line.key !== null || line.value === undefined) return undefined;
      frame.node.push(line.value);
    } else {
      if (line.key === null || Object.hasOwn(frame.node, line.key)) return undefined;
      frame.node[line.key] = line.value ?? null;
      if (line.value === undefined) pendingKey = line.key;
    }
  }
  return lines === 0 ? undefined : root;
}

/** A list may stand at the indentation of its key, a mapping must be deeper. */
function opensBlock(line: Line, parent: Frame): boolean {
  return line.indent > parent.indent || (line.indent === parent.indent && line.key === null);
}

function closesBlock(line: Line, frame: Frame): boolean {
  return (
    frame.indent > line.indent ||
    (frame.indent === line.indent && Array.isArray(frame.node) && line.key !== null)
  );
}

function readLine(source: string): Line | undefined {
  const match = /^( *)(?:- (?= *[^ ])|([A-Za-z_][\w.-]*):(?= |$))(.*)$/.exec(source);
  if (match === null) return undefined;
  const [, indentation = '', key = null, rest = ''] = match;
  if (key !== null && /^(?:null|true|false|__proto__)$/i.test(key)) return undefined;
  if (key !== null && /^ *(?: #.*)?$/.test(rest))
    return { indent: indentation.length, key, value: undefined };
  const value = readScalar(rest);
  return value === undefined ? undefined : { indent: indentation.length, key, value };
}

function readScalar(source: string): PlainValue | undefined {
  const quoted = /^ *(?:"([ !#-[\]-~]*)"|'([ -&(-~]*)'|(\{\}|\[\])) *(?: #.*)?$/.exec(source);
  if (quoted !== null) {
    const [, double, single, empty] = quoted;
    return double ?? single ?? (empty === '[]' ? [] : {});
  }
  // Words of characters that mean nothing in YAML, with single spaces between them.
  const plain = /^ *([\w~/$.](?:[\w~/$.@+,;=-]| (?=[\w~/$.@+,;=-])|:(?=[\w/]))*) *(?: #.*)?$/.exec(
    source,
  )?.[1];
  if (plain === undefined) return undefined;
  if (/^(?:null|true|false|~)$/i.test(plain)) return wordValue(plain);
  if (/^(?:0|[1-9]\d{0,14})$/.test(plain)) return Number(plain);
  // 1e5, 0x1f, .inf and the like: numbers in YAML, written in many ways.
  return /^[\d.](?!\d*[smhd]$)/.test(plain) ? undefined : plain;
}

function wordValue(word: string): PlainValue | undefined {
  switch (word) {
    case 'null':
    case '~':
      return null;
    case 'true':
      return true;
    case 'false':
      return false;
    default:
      return undefined;
  }
}
