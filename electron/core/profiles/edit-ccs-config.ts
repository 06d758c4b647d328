import type { YamlRefusal } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { quoteScalar } from '../yaml/quote-scalar.ts';
import { indirect } from '../yaml/refuse-edit.ts';
import { applySplices, replacement, type Splice } from '../yaml/splice.ts';
import { validateYaml } from '../yaml/validate-yaml.ts';
import { findPair, type YamlDocument, type YamlPair } from '../yaml/yaml-tree.ts';
import { type CcsConfigEdit, expectedAfter } from './ccs-config-edit.ts';
import { composeYaml } from './compose-yaml.ts';
import { appendPair, putPair, refusePair, rootMap, setScalar, takePair } from './yaml-pairs.ts';

/**
 * Edits the text of CCS's config.yaml: one value changes and not one other byte. The result is read anew and
 * compared with what the edit promises. Refuses what would be ambiguous, with its line.
 */
export function editCcsConfig(text: string, edit: CcsConfigEdit): Result<string, YamlRefusal> {
  const invalid = validateYaml(text);
  if (invalid !== null) return err(invalid);
  const document = parseYaml(text);
  if (!document.ok) return document;
  const splices = splicesOf(document.value, edit);
  if (!splices.ok) return splices;
  const edited = applySplices(text, splices.value);
  const failure = checkEdit(document.value, edited, edit);
  return failure === null ? ok(edited) : err(failure);
}

function splicesOf(document: YamlDocument, edit: CcsConfigEdit): Result<readonly Splice[], YamlRefusal> {
  switch (edit.op) {
    case 'auto-sync':
      return setAutoSync(document, edit.enabled);
    case 'register':
      return putPair(document, 'profiles', profilePair(edit));
    case 'unregister':
      return unregister(document, edit.name);
    case 'rename':
      return rename(document, edit);
    case 'target':
      return setTarget(document, edit);
  }
}

function setAutoSync(document: YamlDocument, enabled: boolean): Result<readonly Splice[], YamlRefusal> {
  const written = String(enabled);
  const found = rootMap(document, 'cliproxy');
  if (!found.ok) return found;
  const pair = found.value.kind === 'map' ? findPair(found.value.map, 'auto_sync') : null;
  if (pair === null) {
    return putPair(document, 'cliproxy', {
      lines: [`auto_sync: ${written}`],
      flow: `"auto_sync": ${written}`,
    });
  }
  const { value } = pair;
  const isSo = value.kind === 'scalar' && value.style === 'plain' && value.value === written;
  return isSo ? ok([]) : setScalar(document, pair, written);
}

function profilePair({ name, settings, target }: CcsConfigEdit & { op: 'register' }): {
  readonly lines: readonly string[];
  readonly flow: string;
} {
  return {
    lines: [
      `${keyText(name)}:`,
      '  type: api',
      `  settings: ${pathText(settings)}`,
      ...(target === null ? [] : [`  target: ${target}`]),
    ],
    flow: `"${name}": {"type": "api", "settings": ${quoteScalar(settings)}${target === null ? '' : `, "target": "${target}"`}}`,
  };
}

function unregister(document: YamlDocument, name: string): Result<readonly Splice[], YamlRefusal> {
  const found = findProfile(document, name);
  if (!found.ok) return found;
  const { owner, map, pair } = found.value;
  const taken = takePair(document, { owner, map }, pair);
  const { root } = document;
  const usual = defaultPair(document, name);
  if (!taken.ok || root === null || usual === null) return taken;
  // CCS would otherwise start a profile that is not there any more.
  const cleared = takePair(document, { owner: null, map: root }, usual);
  return cleared.ok ? ok([...taken.value, ...cleared.value]) : cleared;
}

function rename(
  document: YamlDocument,
  edit: CcsConfigEdit & { op: 'rename' },
): Result<readonly Splice[], YamlRefusal> {
  const found = findProfile(document, edit.name);
  if (!found.ok) return found;
  const { key, value } = found.value.pair;
  if (key.kind !== 'scalar') return err(indirect(document, key.start, 'explicit-key'));
  const keyIsPlain = key.style === 'plain';
  const splices: Splice[] = [
    replacement(key.start, key.end, keyIsPlain ? keyText(edit.to) : quoteScalar(edit.to)),
  ];
  const settings = value.kind === 'map' ? findPair(value, 'settings') : null;
  // A profile without a path is looked for by its name.
  if (edit.settings !== null && settings !== null) {
    const isPlain = settings.value.kind === 'scalar' && settings.value.style === 'plain';
    const path = setScalar(
      document,
      settings,
      isPlain ? pathText(edit.settings) : quoteScalar(edit.settings),
    );
    if (!path.ok) return path;
    splices.push(...path.value);
  }
  const usual = defaultPair(document, edit.name);
  if (usual === null) return ok(splices);
  const followed = setScalar(document, usual, keyText(edit.to));
  return followed.ok ? ok([...splices, ...followed.value]) : followed;
}

function setTarget(
  document: YamlDocument,
  { name, target }: CcsConfigEdit & { op: 'target' },
): Result<readonly Splice[], YamlRefusal> {
  const found = findProfile(document, name);
  if (!found.ok) return found;
  const map = found.value.pair.value;
  if (map.kind !== 'map') return err(indirect(document, map.start, 'not-a-mapping'));
  const pair = findPair(map, 'target');
  if (target === null)
    return pair === null ? ok([]) : takePair(document, { owner: found.value.pair, map }, pair);
  if (pair !== null) return setScalar(document, pair, target);
  return appendPair(document, map, { lines: [`target: ${target}`], flow: `"target": "${target}"` });
}

interface FoundProfile {
  readonly owner: YamlPair;
  readonly map: Extract<YamlPair['value'], { kind: 'map' }>;
  readonly pair: YamlPair;
}

function findProfile(document: YamlDocument, name: string): Result<FoundProfile, YamlRefusal> {
  const found = rootMap(document, 'profiles');
  if (!found.ok) return found;
  const pair = found.value.kind === 'map' ? findPair(found.value.map, name) : null;
  // It may come from a merge key.
  if (pair === null || found.value.kind !== 'map') return err(indirect(document, 0, 'merge-key'));
  const refusal = refusePair(document, pair);
  if (refusal !== null) return err(refusal);
  return ok({ owner: found.value.pair, map: found.value.map, pair });
}

/** The pair `default: <name>` of the root, by which CCS knows what to start without a name. */
function defaultPair({ root }: YamlDocument, name: string): YamlPair | null {
  const pair = root === null ? null : findPair(root, 'default');
  return pair?.value.kind === 'scalar' && pair.value.value === name ? pair : null;
}

/** CCS writes its paths without quotes. */
function pathText(path: string): string {
  return /^[~/][\w./-]*$/.test(path) ? path : quoteScalar(path);
}

/** Names of CCS's rule are safe as they are, but for YAML's words for booleans and null. */
function keyText(name: string): string {
  return /^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name) ? quoteScalar(name) : name;
}

/** Whether the edited text says what the edit promises: all else as before, in the same order. */
function checkEdit(before: YamlDocument, text: string, edit: CcsConfigEdit): YamlRefusal | null {
  const failed = (detail: string): YamlRefusal => ({ code: 'check-failed', line: 1, column: 1, detail });
  const old = composeYaml(before.text);
  const now = composeYaml(text);
  if (!old.ok || !now.ok) return failed('unreadable');
  const expected = expectedAfter(old.value, edit);
  // As text, because order counts: CCS writes its profiles back in this order.
  return JSON.stringify(expected) === JSON.stringify(now.value) ? null : failed('values');
}
