import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { OperationView } from '../../shared/schema/plan.ts';
import type { SyncReport } from '../../shared/schema/sync.ts';
import { type Core, createCore } from '../core/core.ts';
import { stateFolderPath } from '../core/files/state-folder.ts';
import type { SyncRequest } from '../core/sync/sync-request.ts';
import { emptyCcsHome } from './ccs-home.ts';
import type { CcsHome } from './lay-ccs-home.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

/** Asks for nothing special; the proxy is not looked at. */
const PLAIN: SyncRequest = {
  only: null,
  accepted: false,
  dryRun: false,
  create: false,
  targetNamed: false,
  verify: false,
};

/** An undo, release or restoration without a person's word. */
export const CHANGE = { dryRun: false, accepted: false } as const;
export const ACCEPTED = { dryRun: false, accepted: true } as const;

/** The engine on a home of the running test's own. */
export interface EngineHome extends CcsHome {
  readonly core: Core;
  readonly clock: FakeClock;
  readonly configPath: string;
  readonly stateFolder: string;
  readonly readConfig: () => string;
  /** Writes the target in place, as an editor does. */
  readonly writeConfig: (text: string) => void;
  /** Syncs, and throws where that fails. */
  readonly sync: (request?: Partial<SyncRequest>) => Promise<SyncReport>;
  readonly trySync: (request?: Partial<SyncRequest>) => Promise<Result<SyncReport, AppError>>;
}

/** An empty CCS directory with a target of this text, unless another home is given. */
export function engineHome(
  options: {
    readonly config?: string;
    /** Where CCS's settings name another port than 8317. */
    readonly configName?: string;
    readonly ccsHome?: CcsHome;
    readonly clock?: FakeClock;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): EngineHome {
  const { ccsHome = emptyCcsHome(), clock = fakeClock(), env = {}, configName = 'config.yaml' } = options;
  if (options.config !== undefined) ccsHome.write(`cliproxy/${configName}`, options.config);
  const configPath = join(ccsHome.ccsDirectory, 'cliproxy', configName);
  const core = must(createCore({ env, homedir: ccsHome.home, platform: process.platform, clock }));
  const trySync: EngineHome['trySync'] = (request = {}) => core.sync({ ...PLAIN, ...request });
  return {
    ...ccsHome,
    core,
    clock,
    configPath,
    stateFolder: must(stateFolderPath(env, process.platform, ccsHome.home)),
    readConfig: () => readFileSync(configPath, 'utf8'),
    writeConfig: (text) => writeFileSync(configPath, text),
    sync: async (request) => must(await trySync(request)),
    trySync,
  };
}

/** The value of a result that must be one. */
export function must<T>(result: Result<T, AppError>): T {
  if (result.ok) return result.value;
  throw new Error(`failed: ${JSON.stringify(result.error)}`);
}

/** What a profile's `env` holds, with a key and a model of its own. */
export function envOf(name: string, over: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    ANTHROPIC_BASE_URL: `https://${name}.test/api`,
    ANTHROPIC_AUTH_TOKEN: `sk-test-canary-${name}-0123456789`,
    ANTHROPIC_MODEL: `${name}-model`,
    ...over,
  };
}

/** Operations in a word or two each: `add glm`. */
export function brief(operations: readonly OperationView[]): string[] {
  return operations.map(({ op, profile }) => `${op} ${profile}`);
}

/** Bytes, modes and times of all files and folders below a folder; what a dry run must leave as it is. */
export function stateOf(folder: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const visit = (path: string): void => {
    const { mtimeNs, mode, ino } = lstatSync(path, { bigint: true });
    const isFolder = statSync(path).isDirectory();
    found[path] = `${mtimeNs} ${mode} ${ino} ${isFolder ? '' : readFileSync(path).toString('base64')}`;
    if (isFolder) for (const name of readdirSync(path).sort()) visit(join(path, name));
  };
  if (existsSync(folder)) visit(folder);
  return found;
}

/** The paths of all files below a folder whose name ends like this. */
export function filesBelow(folder: string, ending: string): string[] {
  return Object.keys(stateOf(folder)).filter((path) => path.endsWith(ending) && statSync(path).isFile());
}

/** An entry as CCS 7.79.1 writes it: without a prefix. */
export interface CcsEntry {
  readonly key: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

/** CCS's entry for a profile that was made with `envOf`. */
export function ccsEntry(name: string): CcsEntry {
  const { ANTHROPIC_AUTH_TOKEN: key, ANTHROPIC_BASE_URL: baseUrl, ANTHROPIC_MODEL: model } = envOf(name);
  return { key: String(key), baseUrl: String(baseUrl), models: [String(model)] };
}

export function ccsSection(entries: readonly CcsEntry[]): string {
  const items = entries.map(({ key, baseUrl, models }) => {
    const names = models.map((name) => `      - name: ${name}\n        alias: ''\n`).join('');
    return `  - api-key: ${key}\n    base-url: ${baseUrl}\n    proxy-url: ''\n    models:\n${names}`;
  });
  return `claude-api-key:\n${items.join('')}`;
}

/**
 * Does to the target what CCS does after a profile was saved: the whole section is made anew, with what follows
 * it up to the next key, and the file is replaced by a rename.
 */
export function rewriteAsCcs(path: string, entries: readonly CcsEntry[]): void {
  const text = readFileSync(path, 'utf8');
  const section = /^claude-api-key:.*\n?(?:[ #-].*\n?|\n)*/m;
  const next = section.test(text)
    ? text.replace(section, ccsSection(entries))
    : `${text.replace(/\n?$/, '\n')}${ccsSection(entries)}`;
  writeFileSync(`${path}.tmp`, next);
  renameSync(`${path}.tmp`, path);
}
