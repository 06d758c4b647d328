import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ok } from '../../shared/result.ts';
import type { AppState, Capabilities } from '../../shared/schema/state.ts';
import { type HostAbilities, NO_ABILITIES } from '../service/host-abilities.ts';
import { engineHome, envOf, must, type EngineHome } from '../testing/engine-home.ts';
import { clientOf, depsOf, tryService } from '../testing/service-home.ts';
import { createDesktopService, type DesktopService } from './desktop-service.ts';

const VERSION = '0.0.0-test';
const DESKTOP: Capabilities = {
  tray: true,
  autostart: true,
  notifications: true,
  openFile: true,
  clipboard: true,
};

interface TestDesktop extends DesktopService {
  readonly copied: string[];
  readonly copiedTexts: string[];
  readonly opened: string[];
  readonly offers: { tray: boolean };
}

function desktopOf(home: EngineHome, version = VERSION): TestDesktop {
  const copied: string[] = [];
  const copiedTexts: string[] = [];
  const opened: string[] = [];
  const offers = { tray: true };
  let startsAtLogin = false;
  const abilities: HostAbilities = {
    ...NO_ABILITIES,
    copyKey: (key) => Promise.resolve(void copied.push(key)),
    copyText: (text) => Promise.resolve(void copiedTexts.push(text)),
    openFile: (path) => Promise.resolve({ ok: true, value: void opened.push(path) }),
    autostart: {
      get: () => Promise.resolve(startsAtLogin),
      set: (enabled) => Promise.resolve(ok(void (startsAtLogin = enabled))),
    },
  };
  const desktop = createDesktopService({
    deps: depsOf(home),
    version,
    capabilities: () => ({ ...DESKTOP, ...offers }),
    abilities: () => abilities,
    verbose: false,
    onBug: (_method, bug) => {
      throw bug;
    },
  });
  onTestFinished(() => desktop.close());
  return { ...desktop, copied, copiedTexts, opened, offers };
}

const quietHome = (): EngineHome => engineHome({ config: 'port: 8317\n' });
const hostOf = (state: AppState | null): string | undefined => state?.service.host;

describe('the desktop’s service', () => {
  it('is our own where none runs, and is reached by the command line', async () => {
    const home = quietHome();
    home.profile('one', envOf('one'));
    const desktop = desktopOf(home);
    await expect.poll(() => desktop.state()?.targets[0]?.state).toBe('in-sync');
    expect(desktop.state()).toMatchObject({ capabilities: DESKTOP, service: { host: 'tray' } });
    expect((await (await clientOf(home)).call('sync.preview', {})).ok).toBe(true);
  });

  it('answers a call that comes before it knows anything', async () => {
    const answer = await desktopOf(quietHome()).dispatch('state.get', {});
    expect(answer).toMatchObject({ ok: true, value: { service: { host: 'tray' }, capabilities: DESKTOP } });
  });

  it('tells at once when the host can do something else', async () => {
    const desktop = desktopOf(quietHome());
    await expect.poll(() => desktop.state()?.activity.kind).toBe('idle');
    desktop.offers.tray = false;
    desktop.refreshCapabilities();
    expect(desktop.state()?.capabilities).toEqual({ ...DESKTOP, tray: false });
  });

  it('shows the service that runs elsewhere, with what this host can do', async () => {
    const home = quietHome();
    home.profile('one', envOf('one'));
    must(await tryService(home, { host: 'serve', version: VERSION }));
    const desktop = desktopOf(home);
    await expect.poll(() => desktop.state()?.profiles.length).toBe(1);
    expect(desktop.state()).toMatchObject({ capabilities: DESKTOP, service: { host: 'serve' } });
    expect(await desktop.dispatch('state.get', {})).toMatchObject({ value: { capabilities: DESKTOP } });
  });

  it('does the host’s methods itself while it is attached, and never hands the key to the page', async () => {
    const home = quietHome();
    home.profile('one', envOf('one'));
    must(await tryService(home, { version: VERSION }));
    const desktop = desktopOf(home);
    await expect.poll(() => desktop.state()?.profiles.length).toBe(1);
    expect(await desktop.dispatch('profiles.copyKey', { name: 'one' })).toEqual({ ok: true, value: {} });
    expect(desktop.copied).toEqual([envOf('one')['ANTHROPIC_AUTH_TOKEN']]);
    expect(await desktop.dispatch('files.open', { kind: 'profile', name: 'one' })).toMatchObject({
      ok: true,
    });
    expect(desktop.opened).toEqual([join(home.ccsDirectory, 'one.settings.json')]);
    expect(await desktop.dispatch('files.open', { kind: 'profile', name: '../x' })).toMatchObject({
      error: { code: 'unknown-profile' },
    });
    expect(await desktop.dispatch('sync.run', { only: 7 })).toMatchObject({ error: { code: 'bad-input' } });
    expect(await desktop.dispatch('sync.preview', {})).toMatchObject({ ok: true });
    expect(await desktop.dispatch('no.method', {})).toMatchObject({ error: { code: 'unknown-method' } });
  });

  it.each(['its own', 'another'])(
    'does for the page what only a desktop can, with %s service',
    async (whose) => {
      const home = quietHome();
      if (whose === 'another') must(await tryService(home, { host: 'serve', version: VERSION }));
      const desktop = desktopOf(home);
      await expect.poll(() => hostOf(desktop.state())).toBe(whose === 'another' ? 'serve' : 'tray');
      expect(await desktop.dispatch('clipboard.copyText', { text: 'ccs cliproxy restart' })).toEqual(ok({}));
      expect([desktop.copiedTexts, desktop.copied]).toEqual([['ccs cliproxy restart'], []]);
      expect(await desktop.dispatch('autostart.get', {})).toEqual(ok({ enabled: false }));
      expect(await desktop.dispatch('autostart.set', { enabled: true })).toEqual(ok({ enabled: true }));
      expect(await desktop.dispatch('autostart.get', {})).toEqual(ok({ enabled: true }));
    },
  );

  it('starts its own when the other one ends, and leaves another one running when it ends itself', async () => {
    const home = quietHome();
    const other = must(await tryService(home, { host: 'watch', version: VERSION }));
    const first = desktopOf(home);
    await expect.poll(() => hostOf(first.state())).toBe('watch');
    const second = desktopOf(home);
    await expect.poll(() => hostOf(second.state())).toBe('watch');
    await second.close();
    expect((await (await clientOf(home)).call('state.get', {})).ok).toBe(true);
    await other.close();
    await expect.poll(() => hostOf(first.state())).toBe('tray');
  });

  it('says that another version runs, and takes over when that one ends', async () => {
    const home = quietHome();
    const other = must(await tryService(home, { version: '9.9.9' }));
    const desktop = desktopOf(home);
    const error = { code: 'service-other-version', pid: process.pid, version: '9.9.9' };
    await expect.poll(() => desktop.state()?.targets[0]?.error?.error).toEqual(error);
    expect(await desktop.dispatch('sync.preview', {})).toEqual({ ok: false, error });
    expect(await desktop.dispatch('state.get', {})).toMatchObject({ ok: true });
    await other.close();
    await expect.poll(() => desktop.state()?.targets[0]?.state).toBe('empty');
  });

  it('shows why no service can be', async () => {
    const home = quietHome();
    const desktop = createDesktopService({
      deps: { ...depsOf(home), homedir: null },
      version: VERSION,
      capabilities: () => DESKTOP,
      abilities: () => NO_ABILITIES,
      verbose: false,
      onBug: () => undefined,
    });
    onTestFinished(() => desktop.close());
    await expect.poll(() => desktop.state()?.targets[0]?.error?.error).toEqual({ code: 'no-home' });
  });

  it('leaves no lock and no socket behind, also where it is closed while it starts', async () => {
    const home = quietHome();
    const desktop = desktopOf(home);
    await Promise.all([desktop.close(), desktop.close()]);
    expect(await desktop.dispatch('state.get', {})).toMatchObject({ error: { code: 'service-gone' } });
    must(await tryService(home));
  });
});
