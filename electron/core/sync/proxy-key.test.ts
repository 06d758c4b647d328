import { hashSync } from 'bcryptjs';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../shared/result.ts';
import type { AddTarget } from '../../../shared/schema/remote.ts';
import { type EngineHome, engineHome, envOf, filesBelow, must } from '../../testing/engine-home.ts';
import { freePort } from '../../testing/free-port.ts';
import { json, proxyIdentity, type ScriptedServer } from '../../testing/open-scripted-server.ts';
import { proxyHome } from '../../testing/proxy-home.ts';
import { startRealProxy } from '../../testing/real-proxy.ts';
import { needsProxy } from '../../testing/requirements.ts';
import { startScriptedServer } from '../../testing/scripted-server.ts';

const KEY = 'sk-test-canary-proxy-key';
const OTHER = 'sk-test-canary-proxy-other';
const HASH = hashSync(KEY, 4);

function configOn(port: number, secret: string): string {
  return `host: 127.0.0.1\nport: ${port}\nremote-management:\n  secret-key: ${JSON.stringify(secret)}\n`;
}

/** A proxy that takes any key, and a home whose configuration names it and this secret. */
async function homeOnProxy(secret = HASH): Promise<{ home: EngineHome; server: ScriptedServer }> {
  const server = await startScriptedServer({ ...proxyIdentity(), '*': json({ models: [] }) });
  return { home: engineHome({ config: configOn(server.port, secret) }), server };
}

function sent({ requests }: ScriptedServer): readonly string[] {
  const keys = requests.flatMap(({ authorization }) => authorization?.replace('Bearer ', '') ?? []);
  return [...new Set(keys)];
}

function keysFile(home: EngineHome): string {
  const [path = ''] = filesBelow(home.stateFolder, 'keys.json');
  return path;
}

const office: AddTarget = {
  name: 'office',
  url: 'https://proxy.test',
  key: { kind: 'typed', key: 'sk-test-canary-office' },
  keySource: 'file',
  profiles: null,
  mode: 'manual',
  certificate: null,
  plainHttp: false,
};

describe('the management key of the local proxy', () => {
  it('is kept in a file that nobody else can read, and told by no answer', async () => {
    const { home, server } = await homeOnProxy();
    const url = `http://127.0.0.1:${server.port}`;
    expect(must(await home.core.targets()).local).toEqual({ url, known: 'none', keptFor: null });
    const kept = await home.core.setProxyKey(` ${KEY}\n`);
    expect(kept).toEqual(ok({ fit: 'fits', local: { url, known: 'kept', keptFor: url } }));
    expect(must(await home.core.targets()).local).toEqual({ url, known: 'kept', keptFor: url });
    const holding = filesBelow(home.stateFolder, '').filter((path) =>
      readFileSync(path, 'utf8').includes(KEY),
    );
    expect(holding).toEqual([keysFile(home)]);
    if (process.platform !== 'win32') expect(statSync(keysFile(home)).mode & 0o777).toBe(0o600);
    expect(server.requests).toEqual([]);
  });

  it('is what the catalog and the look at the proxy then send', async () => {
    const { home, server } = await homeOnProxy();
    home.profile('glm', envOf('glm'));
    expect(must(await home.core.refreshCatalog({})).state.fault).toBe('no-key');
    expect(sent(server)).toEqual([]);
    must(await home.core.setProxyKey(KEY));
    await home.core.refreshCatalog({});
    expect(sent(server)).toEqual([KEY]);
    const asked = server.requests.length;
    expect(must(await home.core.status()).proxy).toMatchObject({ version: null });
    expect(server.requests.slice(asked).map(({ path }) => path)).toContain('/v0/management/claude-api-key');
    expect(sent(server)).toEqual([KEY]);
  });

  it('is not kept where it does not fit, and the one from before stays', async () => {
    const { home, server } = await homeOnProxy();
    must(await home.core.setProxyKey(KEY));
    const answer = must(await home.core.setProxyKey(OTHER));
    expect(answer).toMatchObject({ fit: 'refused', local: { known: 'kept' } });
    expect(readFileSync(keysFile(home), 'utf8')).not.toContain(OTHER);
    for (const unusable of ['', '  ', 'sk-test\nbroken', 'schlüssel'])
      expect(await home.core.setProxyKey(unusable)).toEqual(
        err({ code: 'target-value-invalid', field: 'key' }),
      );
    await home.core.refreshCatalog({});
    expect(sent(server)).toEqual([KEY]);
  });

  it('is kept where there is no secret to compare it with, and sent once it fits one', async () => {
    const { home, server } = await homeOnProxy('');
    expect(must(await home.core.setProxyKey(OTHER))).toMatchObject({
      fit: 'unknown',
      local: { known: 'off' },
    });
    home.writeConfig(configOn(server.port, HASH));
    expect(must(await home.core.targets()).local).toMatchObject({ known: 'none' });
    await home.core.refreshCatalog({});
    expect(sent(server)).toEqual([]);
    home.writeConfig(configOn(server.port, OTHER));
    expect(must(await home.core.targets()).local).toMatchObject({ known: 'kept' });
    await home.core.refreshCatalog({});
    expect(sent(server)).toEqual([OTHER]);
  });

  it('goes to no other address than the one that it was given for', async () => {
    const { home, server } = await homeOnProxy();
    const before = await freePort();
    home.writeConfig(configOn(before, HASH));
    must(await home.core.setProxyKey(KEY));
    home.writeConfig(configOn(server.port, HASH));
    expect(must(await home.core.targets()).local).toEqual({
      url: `http://127.0.0.1:${server.port}`,
      known: 'none',
      keptFor: `http://127.0.0.1:${before}`,
    });
    expect(must(await home.core.refreshCatalog({})).state.fault).toBe('no-key');
    await home.core.status();
    expect(sent(server)).toEqual([]);
  });

  it('stays when servers come and go, and is forgotten when a person says so', async () => {
    const { home, server } = await homeOnProxy();
    must(await home.core.addTarget(office));
    must(await home.core.setProxyKey(KEY));
    expect(readFileSync(keysFile(home), 'utf8')).toContain('sk-test-canary-office');
    must(await home.core.addTarget({ ...office, name: 'attic', url: 'https://attic.test' }));
    must(await home.core.removeTarget({ id: 'office', entries: 'keep' }));
    expect(must(await home.core.targets()).local.known).toBe('kept');
    const forgotten = must(await home.core.setProxyKey(null));
    expect(forgotten).toMatchObject({ fit: null, local: { known: 'none', keptFor: null } });
    expect(must(await home.core.targets()).remotes).toMatchObject([{ id: 'attic', hasKey: true }]);
    expect(readFileSync(keysFile(home), 'utf8')).not.toContain(KEY);
    await home.core.refreshCatalog({});
    expect(sent(server)).toEqual([]);
  });

  it('is not needed where it is known from elsewhere, and that is said', async () => {
    const { port } = await startScriptedServer(proxyIdentity());
    const known = async (home: EngineHome): Promise<string> => must(await home.core.targets()).local.known;
    expect(await known(engineHome({ config: configOn(port, hashSync('ccs', 4)) }))).toBe('ccs-default');
    const env = { CLIPROXY_MANAGEMENT_KEY: KEY };
    expect(await known(engineHome({ config: configOn(port, HASH), env }))).toBe('variable');
    const ofCcs = engineHome({ config: configOn(port, HASH) });
    ofCcs.write('config.yaml', `version: 13\ncliproxy:\n  auth:\n    management_secret: ${KEY}\n`);
    expect(await known(ofCcs)).toBe('ccs');
    expect(await known(engineHome({ config: `port: ${port}\n` }))).toBe('off');
    expect(await known(engineHome())).toBe('unknown');
  });
});

const program = needsProxy();

describe.skipIf(program === undefined)('with the real CLIProxyAPI', () => {
  it('opens the catalog where the secret is hashed and CCS does not know it', async () => {
    const home = await proxyHome();
    const text = readFileSync(home.configPath, 'utf8');
    writeFileSync(home.configPath, text.replace('secret-key: "ccs"', `secret-key: "${KEY}"`));
    await startRealProxy(program ?? '', home.configPath);
    await expect.poll(() => readFileSync(home.configPath, 'utf8')).toMatch(/secret-key: ["']?\$2a\$/);
    const { core } = engineHome({ ccsHome: home });
    expect(must(await core.refreshCatalog({})).state).toMatchObject({
      origin: { kind: 'static' },
      fault: 'no-key',
    });
    expect(must(await core.setProxyKey(OTHER)).fit).toBe('refused');
    expect(must(await core.setProxyKey(KEY)).fit).toBe('fits');
    expect(must(await core.refreshCatalog({})).state).toMatchObject({
      origin: { kind: 'live' },
      fault: null,
    });
    expect(must(await core.status()).proxy).toMatchObject({ management: 'answered' });
  });
});
