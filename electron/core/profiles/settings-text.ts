import { err, ok, type Result } from '../../../shared/result.ts';
import type { ProfileFault } from '../../../shared/schema/skip.ts';
import { outlineJson } from '../../../shared/rules/json-outline.ts';
import { type JsonPlace, locateJson, memberOf } from './json-places.ts';
import { isMapping } from './mapping.ts';

/** A settings file as text, with the places of its parts. */
export interface SettingsText {
  /** The whole text, a byte order mark included. */
  readonly text: string;
  readonly root: JsonPlace;
  /** Null where the file has none. */
  readonly env: JsonPlace | null;
}

export interface SettingsFault {
  readonly detail: ProfileFault;
  /** From 1; null where the fault is no place in the text. */
  readonly line: number | null;
}

/** Reads the bytes of a settings file for an edit; what other programs wrote between its parts is kept. */
export function settingsTextOf(bytes: Buffer): Result<SettingsText, SettingsFault> {
  const text = bytes.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(bytes)) return err({ detail: 'not-utf8', line: null });
  return parseSettings(text);
}

/** The same for a text. */
export function parseSettings(text: string): Result<SettingsText, SettingsFault> {
  const plain = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (plain.trim() === '') return err({ detail: 'empty', line: null });
  let value: unknown;
  try {
    value = JSON.parse(plain);
  } catch {
    return err({ detail: 'not-json', line: outlineJson(plain).faultLine });
  }
  const root = isMapping(value) ? locateJson(text) : null;
  if (root === null || !isMapping(value)) return err({ detail: 'not-object', line: 1 });
  const env = memberOf(root, 'env');
  if (env !== null && env.value.kind !== 'object') {
    return err({ detail: 'env-not-object', line: lineAt(text, env.nameStart) });
  }
  return ok({ text, root, env: env?.value ?? null });
}

/** The value of a name in `env`; null where there is none, or one that is no text. */
export function envText({ text, env }: SettingsText, name: string): string | null {
  const member = env === null ? null : memberOf(env, name);
  if (member?.value.kind !== 'string') return null;
  return JSON.parse(text.slice(member.value.start, member.value.end)) as string;
}

/** The line of an offset, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
