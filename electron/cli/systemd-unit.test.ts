import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineHome, envOf, filesBelow } from '../testing/engine-home.ts';
import { CLI } from '../testing/run-cli.ts';
import { spawnAsService } from '../testing/run-service.ts';

const UNIT = readFileSync(new URL('../../docs/cliproxy-sync.service', import.meta.url), 'utf8');

/** What a key of the unit says in a user's manager, where `%h` is the home (systemd.unit(5)). */
function said(key: string, home: string): string {
  const [, value] = new RegExp(`^${key}=(.*)$`, 'm').exec(UNIT) ?? [];
  if (value === undefined) throw new Error(`The unit has no ${key}`);
  return value.replaceAll('%h', home);
}

/** Installs `cliproxy-sync` for one user, as a program that runs the built one with the Node that runs us. */
function install(home: string): void {
  const folder = join(home, '.local', 'bin');
  mkdirSync(folder, { recursive: true });
  const script = `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`;
  writeFileSync(join(folder, 'cliproxy-sync'), script, { mode: 0o755 });
}

describe('docs/cliproxy-sync.service', () => {
  it('starts the program from its own PATH, and its signal ends it with exit code 0', async () => {
    const { home, profile, readConfig, stateFolder } = engineHome({ config: 'port: 8317\n' });
    profile('one', envOf('one'));
    install(home);
    const path = /^PATH=(.*)$/.exec(said('Environment', home))?.[1] ?? '';
    const service = spawnAsService(said('ExecStart', home).split(' '), { HOME: home, PATH: path });
    // `Type=simple`: the process that systemd started is the service, and gets the signal itself.
    await expect.poll(service.output).toContain(`process ${service.pid}`);
    await expect.poll(readConfig).toContain('one-');
    expect(await service.end(said('KillSignal', home) as NodeJS.Signals)).toBe(0);
    expect(filesBelow(stateFolder, 'lock')).toEqual([]);
  });
});
