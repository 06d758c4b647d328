import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyCcsHome } from './ccs-home.ts';
import type { CcsHome } from './lay-ccs-home.ts';
import { envOf } from './engine-home.ts';
import { freePort } from './free-port.ts';
import { cliReport, type CliRun, runCli } from './run-cli.ts';

/** A CCS directory with registered profiles and a target, on which the built command line runs. */
export interface CliHome extends CcsHome {
  readonly port: number;
  readonly configPath: string;
  readonly stateFolder: string;
  readonly readConfig: () => string;
  /** Writes the target in place, as an editor does. */
  readonly writeConfig: (text: string | Uint8Array) => void;
  readonly run: (words: readonly string[], env?: Record<string, string>) => Promise<CliRun>;
  readonly report: <T>(words: readonly string[]) => Promise<T>;
}

/** Profiles with keys of their own (`envOf`); nothing listens on the proxy's port. */
export async function cliHome(
  profiles: readonly string[] = ['glm', 'kimi', 'mm'],
  folderName?: string,
): Promise<CliHome> {
  const ccsHome = emptyCcsHome(folderName);
  const { home, write } = ccsHome;
  const port = await freePort();
  for (const name of profiles) ccsHome.profile(name, envOf(name));
  write('config.yaml', ccsSettings(profiles, port));
  const configPath = write(`cliproxy/config-${port}.yaml`, targetText(home, port));
  return {
    ...ccsHome,
    port,
    configPath,
    stateFolder: join(home, '.local', 'state', 'cliproxy-sync'),
    readConfig: () => readFileSync(configPath, 'utf8'),
    writeConfig: (text) => writeFileSync(configPath, text),
    run: (words, env = {}) => runCli(home, words, env),
    report: (words) => cliReport(home, words),
  };
}

/** CCS's config.yaml, with these profiles registered. */
export function ccsSettings(profiles: readonly string[], port: number): string {
  const registry = profiles.map(
    (name) => `  ${name}:\n    type: api\n    settings: ~/.ccs/${name}.settings.json\n`,
  );
  return [
    'version: 13\n',
    registry.length === 0 ? 'profiles: {}\n' : `profiles:\n${registry.join('')}`,
    'cliproxy:\n  auto_sync: false\n',
    `cliproxy_server:\n  local:\n    port: ${port}\n`,
  ].join('');
}

function targetText(home: string, port: number): string {
  return [
    '# mine',
    'host: "127.0.0.1"',
    `port: ${port}`,
    'api-keys:',
    '  - "sk-test-client-0123456789"',
    `auth-dir: ${JSON.stringify(join(home, 'logins'))}   # where the logins are`,
    'debug: false',
    '',
  ].join('\n');
}
