import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import { type CcsConfig, ccsConfigOf, oldCcsConfigOf } from './ccs-config.ts';
import { decodeText } from './decode-text.ts';
import { outlineJson } from './json-outline.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { readRegularFile } from './regular-file.ts';
import type { CcsPlaces } from './settings-path.ts';

export type CcsConfigReading =
  | { readonly state: 'read'; readonly config: CcsConfig }
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly error: AppError & { readonly code: 'registry-unreadable' } };

interface Fault {
  readonly reason: string;
  readonly line: number | null;
}

/** A registry of 10,000 profiles has 700 kB. */
const MAX_BYTES = 16 * 1024 * 1024;

/** An editor or CCS may be writing: in milliseconds, 300 in all. */
const RETRY_DELAYS_MS = [30, 70, 200];

/**
 * Reads CCS's config.yaml, or the config.json of an older CCS where there is no config.yaml. What can't be read
 * or makes no sense is read again for some 300 ms before it counts as `unreadable`: it may be half written.
 */
export async function readCcsConfig(
  places: CcsPlaces & { readonly clock: Clock },
): Promise<CcsConfigReading> {
  let reading = await readOnce(places);
  for (const delayMs of RETRY_DELAYS_MS) {
    if (reading.state !== 'unreadable') break;
    await places.clock.sleep(delayMs);
    reading = await readOnce(places);
  }
  return reading;
}

async function readOnce(places: CcsPlaces): Promise<CcsConfigReading> {
  const yamlPath = join(places.ccsDirectory, 'config.yaml');
  if (isThere(yamlPath)) return readingOf(yamlPath, await readConfigYaml(yamlPath, places));
  const jsonPath = join(places.ccsDirectory, 'config.json');
  if (isThere(jsonPath)) return readingOf(jsonPath, readConfigJson(jsonPath, places));
  return { state: 'absent' };
}

/** A symlink that leads nowhere is there, and unreadable: a disk may not be mounted yet. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

function readingOf(path: string, result: Result<CcsConfig, Fault>): CcsConfigReading {
  if (result.ok) return { state: 'read', config: result.value };
  return { state: 'unreadable', error: { code: 'registry-unreadable', path, ...result.error } };
}

async function readConfigYaml(path: string, places: CcsPlaces): Promise<Result<CcsConfig, Fault>> {
  const text = readText(path);
  if (!text.ok) return text;
  let value: unknown = readPlainYaml(text.value);
  if (value === undefined) {
    const { composeYaml } = await import('./compose-yaml.ts');
    const composed = composeYaml(text.value);
    if (!composed.ok) return composed;
    value = composed.value;
  }
  return withoutLine(ccsConfigOf(value, places));
}

function readConfigJson(path: string, places: CcsPlaces): Result<CcsConfig, Fault> {
  const text = readText(path);
  if (!text.ok) return text;
  try {
    return withoutLine(oldCcsConfigOf(JSON.parse(text.value), places));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err({ reason: 'not-json', line: outlineJson(text.value).faultLine });
  }
}

function readText(path: string): Result<string, Fault> {
  const file = readRegularFile(path, MAX_BYTES);
  if (!file.ok) return err({ reason: file.error, line: null });
  const text = decodeText(file.value.bytes);
  if (text === null) return err({ reason: 'not-utf8', line: null });
  return text.trim() === '' ? err({ reason: 'empty', line: null }) : ok(text);
}

function withoutLine<T>(result: Result<T, string>): Result<T, Fault> {
  return result.ok ? result : err({ reason: result.error, line: null });
}
