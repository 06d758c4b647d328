import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type CcsHome, layFixtureHome } from './lay-ccs-home.ts';

/** The api-key with which clients of the fixture's proxy come. */
export const CLIENT_KEY = 'ccs-internal-managed';

export interface ProxyHome extends CcsHome {
  /** The local target: CCS names it after the port. */
  readonly configPath: string;
  readonly port: number;
}

/**
 * The fixture home on a free port, so that a real CLIProxyAPI can be started on its configuration: as CCS would
 * have made it, but on loopback, with a folder of its own for logins, and nothing looked for outside.
 */
export async function layProxyHome(home: string): Promise<ProxyHome> {
  const ccsHome = layFixtureHome(home);
  const port = await freePort();
  const ccsConfig = join(ccsHome.ccsDirectory, 'config.yaml');
  const settings = readFileSync(ccsConfig, 'utf8');
  writeFileSync(ccsConfig, settings.replace('local:\n    port: 8317', `local:\n    port: ${port}`));
  const folder = join(ccsHome.ccsDirectory, 'cliproxy');
  const configPath = join(folder, `config-${port}.yaml`);
  renameSync(join(folder, 'config.yaml'), configPath);
  const authDir = join(ccsHome.home, 'logins');
  mkdirSync(authDir);
  const text = readFileSync(configPath, 'utf8')
    .replace('port: 8317', `host: 127.0.0.1\nport: ${port}`)
    .replace('auth-dir: "~/.ccs/cliproxy/auth"', `auth-dir: ${JSON.stringify(authDir)}`)
    .replace('disable-control-panel: false', 'disable-control-panel: true');
  writeFileSync(configPath, text);
  return { ...ccsHome, configPath, port };
}
