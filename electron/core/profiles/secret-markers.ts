import { maskedText } from '../../../shared/schema/masked.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { maskKey, maskUrl } from '../plan/mask.ts';
import { applySplices, replacement, type Splice } from '../yaml/splice.ts';
import type { JsonPlace } from './json-places.ts';
import { lineAt, type SettingsText } from './settings-text.ts';

/** A value that nobody but the core may see. */
interface Secret {
  /** Tells its place in the structure: the names and indexes that lead to it. */
  readonly at: string;
  readonly place: JsonPlace;
  readonly marker: string;
}

/** What a typed text is refused for. */
export interface MarkerFault {
  readonly code: 'marker-changed' | 'masked-value';
  /** Of the typed text, from 1. */
  readonly line: number;
}

const MARKER_START = '‹kept';

/** Whether a name is one that secrets have. `…_TOKENS` mostly counts tokens: see `isSecret`. */
function isSecretName(name: string): boolean {
  // Claude's `apiKeyHelper` is the command that prints a key.
  return name !== 'apiKeyHelper' && /token|key|secret|passw|passphrase|credential|auth|headers/i.test(name);
}

/** The text with a marker in the place of each secret value. */
export function maskSecrets(settings: SettingsText): string {
  const secrets = secretsOf(settings);
  return applySplices(
    settings.text,
    secrets.map(({ place, marker }) => replacement(place.start, place.end, JSON.stringify(marker))),
  );
}

/**
 * Puts the file's values back in the place of the markers of a typed text. A marker is taken only exactly as it
 * was, exactly where it was; a new secret value that is a masked one is refused too, so that no masked value can
 * ever become a key.
 */
export function restoreSecrets(file: SettingsText, typed: SettingsText): Result<string, MarkerFault> {
  const kept = new Map(secretsOf(file).map((secret) => [secret.at, secret]));
  const splices: Splice[] = [];
  const faults: MarkerFault[] = [];
  const refuse = (code: MarkerFault['code'], offset: number): void => {
    faults.push({ code, line: lineAt(typed.text, offset) });
  };
  walkValues(typed.root, (value) => {
    const { at, place, names } = value;
    for (const name of names) if (name.includes(MARKER_START)) refuse('marker-changed', place.start);
    if (place.kind !== 'string') return;
    const text = stringAt(typed.text, place);
    const secret = kept.get(at);
    if (text === secret?.marker) {
      splices.push(
        replacement(place.start, place.end, file.text.slice(secret.place.start, secret.place.end)),
      );
    } else if (/[‹›]/.test(text)) refuse('marker-changed', place.start);
    else if (value.inSecret && text.includes('…')) refuse('masked-value', place.start);
  });
  const [first] = faults;
  return first === undefined ? ok(applySplices(typed.text, splices)) : err(first);
}

/** From this length on a secret that stands inside of another text, as in a hook's command, is one there too. */
const TELLTALE_LENGTH = 8;

function secretsOf({ text, root }: SettingsText): readonly Secret[] {
  const values: (Secret & { readonly value: string; readonly isSecret: boolean })[] = [];
  walkValues(root, ({ at, place, inSecret, names }) => {
    if (place.kind === 'object' || place.kind === 'array') return;
    const value = place.kind === 'string' ? stringAt(text, place) : text.slice(place.start, place.end);
    const marker = markerOf(value);
    values.push({ at, place, marker, value, isSecret: isSecret(names.at(-1) ?? '', value, inSecret) });
  });
  const telltales = values
    .filter((one) => one.isSecret && one.value.trim().length >= TELLTALE_LENGTH)
    .map(({ value }) => value.trim());
  return values.filter((one) => one.isSecret || telltales.some((secret) => one.value.includes(secret)));
}

function isSecret(name: string, value: string, inSecret: boolean): boolean {
  if (value === '' || value === 'null' || value === 'true' || value === 'false') return false;
  // An address may carry a name and password, or a key in its query.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value) && maskUrl(value) !== value) return true;
  return inSecret && !(/tokens$/i.test(name) && /^\d+$/.test(value));
}

/** A fingerprint is not needed here: the marker's place tells which value it stands for. */
function markerOf(value: string): string {
  return `${MARKER_START} ${maskedText(maskKey(value.trim(), () => ''))}›`;
}

interface Visited {
  readonly at: string;
  readonly place: JsonPlace;
  /** The names that lead here. */
  readonly names: readonly string[];
  /** Whether one of them is a secret's. */
  readonly inSecret: boolean;
}

/** Visits every value below the root; members of one name are told apart by their order. */
function walkValues(root: JsonPlace, visit: (value: Visited) => void): void {
  const step = (place: JsonPlace, from: Omit<Visited, 'place'>): void => {
    visit({ ...from, place });
    place.items.forEach((item, index) => step(item, { ...from, at: `${from.at}[${index}]` }));
    const seen = new Map<string, number>();
    for (const { name, value } of place.members) {
      const order = seen.get(name) ?? 0;
      seen.set(name, order + 1);
      step(value, {
        at: `${from.at}${JSON.stringify(name)}#${order}`,
        names: [...from.names, name],
        inSecret: from.inSecret || isSecretName(name),
      });
    }
  };
  step(root, { at: '', names: [], inSecret: false });
}

function stringAt(text: string, { start, end }: JsonPlace): string {
  return JSON.parse(text.slice(start, end)) as string;
}
