import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brief, engineHome, type EngineHome, envOf } from '../../testing/engine-home.ts';

const CREATE = { create: true } as const;

function homeWithoutTarget(ccsConfig?: string): EngineHome {
  const home = engineHome();
  home.profile('one', envOf('one'));
  if (ccsConfig !== undefined) home.write('config.yaml', ccsConfig);
  return home;
}

describe('a target that is missing', () => {
  it('is an error that tells whether CCS would make it', async () => {
    const home = homeWithoutTarget();
    const error = { code: 'target-missing', path: home.configPath, ccsInstalled: false };
    expect(await home.trySync()).toEqual({ ok: false, error });
    expect(await home.trySync({ dryRun: true, create: true })).toEqual({ ok: false, error });
    home.write('config.yaml', 'profiles: {}\n');
    const installed = { ...error, ccsInstalled: true };
    expect(await home.trySync()).toEqual({ ok: false, error: installed });
    expect(await home.core.status()).toEqual({ ok: false, error: installed });
    expect(await home.core.undo(null, { dryRun: false, accepted: false })).toEqual({
      ok: false,
      error: installed,
    });
    expect(await home.core.release('keep', { dryRun: true, accepted: false })).toEqual({
      ok: false,
      error: installed,
    });
  });

  it('is made on request: minimal, safe, and private', async () => {
    const home = homeWithoutTarget();
    const report = await home.sync(CREATE);
    expect(report).toMatchObject({ outcome: 'written', created: home.configPath });
    expect(brief(report.plan.operations)).toEqual(['add one']);
    expect(statSync(home.configPath).mode & 0o777).toBe(0o600);
    const [head, section] = home.readConfig().split('claude-api-key:\n');
    expect(head?.replace(/sk-local-[0-9a-f]{48}/, 'sk-local-…')).toBe(
      [
        '# CLIProxyAPI configuration, made by CLIProxy Sync.',
        'host: "127.0.0.1"',
        'port: 8317',
        '# What clients of this proxy have to present.',
        'api-keys:',
        '  - "sk-local-…"',
        `auth-dir: ${JSON.stringify(join(home.ccsDirectory, 'cliproxy', 'auth'))}`,
        '',
      ].join('\n'),
    );
    expect(section).toContain('prefix: "one-"');
    expect(readdirSync(dirname(home.configPath))).toEqual(['config.yaml']);
    expect(await home.sync(CREATE)).toMatchObject({ outcome: 'in-sync', created: null });
  });

  it('is made on the port, and under the name, that CCS’s settings tell', async () => {
    const home = homeWithoutTarget('cliproxy_server: {local: {port: 9123}}\n');
    const path = join(home.ccsDirectory, 'cliproxy', 'config-9123.yaml');
    expect(await home.sync({ ...CREATE, accepted: true })).toMatchObject({ target: { path } });
    expect(statSync(path).isFile()).toBe(true);
  });

  it('is left to CCS, where it is installed, unless a person agrees', async () => {
    const home = homeWithoutTarget('profiles: {}\n');
    const error = { code: 'ccs-creates-target', path: home.configPath };
    expect(await home.trySync(CREATE)).toEqual({ ok: false, error });
    expect(readdirSync(home.ccsDirectory)).not.toContain('cliproxy');
    expect(await home.sync({ ...CREATE, accepted: true })).toMatchObject({ outcome: 'written' });
  });

  it('is not made where the target was released, unless it is named', async () => {
    const home = homeWithoutTarget();
    await home.sync(CREATE);
    await home.core.release('keep', { dryRun: false, accepted: true });
    rmSync(home.configPath);
    expect(await home.sync(CREATE)).toMatchObject({ outcome: 'released', created: null });
    expect(existsSync(home.configPath)).toBe(false);
    expect(await home.sync({ ...CREATE, targetNamed: true })).toMatchObject({ created: home.configPath });
  });

  it('is never written over what is there', async () => {
    const home = homeWithoutTarget();
    mkdirSync(dirname(home.configPath));
    writeFileSync(home.configPath, 'port: 1\n');
    await home.sync(CREATE);
    expect(home.readConfig().startsWith('port: 1\nclaude-api-key:\n')).toBe(true);
    rmSync(home.configPath);
    symlinkSync(join(home.home, 'not-mounted.yaml'), home.configPath);
    expect(await home.trySync(CREATE)).toEqual({
      ok: false,
      error: { code: 'target-exists', path: home.configPath },
    });
    expect(readdirSync(dirname(home.configPath))).toEqual(['config.yaml']);
  });
});
