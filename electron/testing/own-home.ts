import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CcsHome, layCcsHome } from './lay-ccs-home.ts';

/** A home with some profiles, whose proxy does not run. */
export interface OwnHome extends CcsHome {
  readonly configPath: string;
  readonly config: () => string;
  readonly settingsOf: (name: string) => string;
  /** Whether CCS's own setting lets changes be written by themselves. */
  readonly setAutoSync: (isOn: boolean) => void;
}

/** What a profile's `env` holds; each has a key of its own. */
export function envOf(name: string, over: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    ANTHROPIC_BASE_URL: `https://${name}.test/api`,
    ANTHROPIC_AUTH_TOKEN: `sk-test-${name}-0123456789`,
    ANTHROPIC_MODEL: `${name}-large`,
    ...over,
  };
}

/** Lays a home with these profiles, all of them registered. */
export function layOwnHome(folder: string, names: readonly string[] = ['glm', 'kimi', 'mimo']): OwnHome {
  const ccsHome = layCcsHome(folder);
  for (const name of names) ccsHome.profile(name, envOf(name));
  const registry = names.map(
    (name) => `  ${name}:\n    type: api\n    settings: ~/.ccs/${name}.settings.json\n`,
  );
  // Nothing listens on the discard port.
  const server = 'cliproxy_server:\n  local:\n    port: 9\n';
  const profiles = names.length === 0 ? 'profiles: {}\n' : `profiles:\n${registry.join('')}`;
  const settingsPath = ccsHome.write(
    'config.yaml',
    `version: 13\n${profiles}cliproxy:\n  auto_sync: true\n${server}`,
  );
  const configPath = ccsHome.write(
    'cliproxy/config-9.yaml',
    '# mine\nhost: 127.0.0.1\nport: 9\napi-keys:\n  - sk-test-client\n',
  );
  return {
    ...ccsHome,
    configPath,
    config: () => readFileSync(configPath, 'utf8'),
    settingsOf: (name) => readFileSync(join(ccsHome.ccsDirectory, `${name}.settings.json`), 'utf8'),
    setAutoSync: (isOn) => {
      const text = readFileSync(settingsPath, 'utf8');
      writeFileSync(settingsPath, text.replace(/auto_sync: \w+/, `auto_sync: ${isOn}`));
    },
  };
}
