import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../support/clock.ts';
import { type CcsConfig, ccsConfigOf, oldCcsConfigOf } from './ccs-config.ts';
import { decodeText } from './decode-text.ts';
import { outlineJson } from '../../../shared/rules/json-outline.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { readRegularFile } from './regular-file.ts';
import type { CcsPlaces } from './settings-path.ts';

export type CcsConfigReading =
  | {
      readonly state: 'read';
      readonly config: CcsConfig;
      /** What it was read from, with its SHA-256: as long as the file says the same, it need not be parsed again. */
      readonly source: { readonly path: string; readonly hash: string };
    }
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

export interface CcsConfigRequest extends CcsPlaces {
  readonly clock: Clock;
  /** An earlier reading, which is the answer as long as the file says the same. */
  readonly earlier?: CcsConfigReading | undefined;
}

/**
 * Reads CCS's config.yaml, or the config.json of an older CCS where there is no config.yaml. What can't be read
 * or makes no sense is read again for some 300 ms before it counts as `unreadable`: it may be half written.
 */
export async function readCcsConfig(request: CcsConfigRequest): Promise<CcsConfigReading> {
  let reading = await readOnce(request);
  for (const delayMs of RETRY_DELAYS_MS) {
    if (reading.state !== 'unreadable') break;
    await request.clock.sleep(delayMs);
    reading = await readOnce(request);
  }
  return reading;
}

async function readOnce(request: CcsConfigRequest): Promise<CcsConfigReading> {
  const yamlPath = join(request.ccsDirectory, 'config.yaml');
  if (isThere(yamlPath)) return readFrom(yamlPath, request, parseConfigYaml);
  const jsonPath = join(request.ccsDirectory, 'config.json');
  if (isThere(jsonPath)) return readFrom(jsonPath, request, parseConfigJson);
  return { state: 'absent' };
}

type Parse = (
  text: string,
  places: CcsPlaces,
) => Result<CcsConfig, Fault> | Promise<Result<CcsConfig, Fault>>;

async function readFrom(path: string, request: CcsConfigRequest, parse: Parse): Promise<CcsConfigReading> {
  const { earlier } = request;
  const file = readRegularFile(path, MAX_BYTES);
  if (!file.ok) return unreadable(path, { reason: file.error, line: null });
  const hash = createHash('sha256').update(file.value.bytes).digest('hex');
  const isSame = earlier?.state === 'read' && earlier.source.path === path && earlier.source.hash === hash;
  if (isSame) return earlier;
  const text = textOf(file.value.bytes);
  if (!text.ok) return unreadable(path, text.error);
  const config = await parse(text.value, request);
  if (!config.ok) return unreadable(path, config.error);
  return { state: 'read', config: config.value, source: { path, hash } };
}

function unreadable(path: string, fault: Fault): CcsConfigReading {
  return { state: 'unreadable', error: { code: 'registry-unreadable', path, ...fault } };
}

/** A symlink that leads nowhere is there, and unreadable: a disk may not be mounted yet. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return true;
  }
}

async function parseConfigYaml(text: string, places: CcsPlaces): Promise<Result<CcsConfig, Fault>> {
  let value: unknown = readPlainYaml(text);
  if (value === undefined) {
    const { composeYaml } = await import('./compose-yaml.ts');
    const composed = composeYaml(text);
    if (!composed.ok) return composed;
    value = composed.value;
  }
  return withoutLine(ccsConfigOf(value, places));
}

function parseConfigJson(text: string, places: CcsPlaces): Result<CcsConfig, Fault> {
  try {
    return withoutLine(oldCcsConfigOf(JSON.parse(text), places));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err({ reason: 'not-json', line: outlineJson(text).faultLine });
  }
}

function textOf(bytes: Buffer): Result<string, Fault> {
  const text = decodeText(bytes);
  if (text === null) return err({ reason: 'not-utf8', line: null });
  return text.trim() === '' ? err({ reason: 'empty', line: null }) : ok(text);
}

function withoutLine<T>(result: Result<T, string>): Result<T, Fault> {
  return result.ok ? result : err({ reason: result.error, line: null });
}
