import { describe, expect, it } from 'vitest';
import { catalogHome, channels, keysSent, modelIds } from '../../testing/catalog-home.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { json, type Script } from '../../testing/open-scripted-server.ts';
import { startScriptedServer } from '../../testing/scripted-server.ts';
import { LIFETIME_MS } from './catalog.ts';

interface Proxy {
  readonly script: Script;
  /** What its first channel answers instead; null: its model. */
  status: number | null;
}

function troubledProxy(): Proxy {
  const proxy: Proxy = {
    script: channels({
      antigravity: (request, response) => {
        const answer =
          proxy.status === null ? json({ models: [{ id: 'antigravity-live' }] }) : json({}, proxy.status);
        answer(request, response);
      },
    }),
    status: null,
  };
  return proxy;
}

describe('the key of the local proxy', () => {
  it('is sent once to each channel, also where two ask for a refresh at once', async () => {
    const server = await startScriptedServer(channels());
    const { keeper } = catalogHome(server.port);
    const [one, other] = await Promise.all([keeper.refresh('person'), keeper.refresh('person')]);
    expect(one).toBe(other);
    expect(keysSent(server)).toBe(6);
  });

  it.each([
    { status: 401, fault: 'refused' },
    { status: 403, fault: 'forbidden' },
    { status: 404, fault: 'api-off' },
  ])('is sent no second time after $status', async ({ status, fault }) => {
    const server = await startScriptedServer(channels({ antigravity: json({ error: 'no' }, status) }));
    const { keeper } = catalogHome(server.port);
    expect((await keeper.refresh('person')).state).toMatchObject({ origin: { kind: 'static' }, fault });
    expect(keysSent(server)).toBe(1);
  });

  it.each(['script', 'timer'] as const)(
    'is not sent by a %s once it was refused, in another process neither, before the secret changes',
    async (by) => {
      const server = await startScriptedServer(channels({ antigravity: json({}, 401) }));
      const place = catalogHome(server.port);
      await place.keeper.refresh(by);
      await place.keeper.refresh(by);
      expect((await place.nextKeeper().refresh(by)).state.fault).toBe('refused');
      expect(keysSent(server)).toBe(1);
      place.configure(server.port, 'another');
      expect((await place.keeper.refresh(by)).state.fault).toBe('no-key');
    },
  );

  it('is sent once more where a person asks, and by itself again once it was taken', async () => {
    const proxy = troubledProxy();
    const server = await startScriptedServer(proxy.script);
    const place = catalogHome(server.port);
    proxy.status = 401;
    await place.keeper.refresh('timer');
    await place.keeper.refresh('person');
    expect(keysSent(server)).toBe(2);
    // The proxy was restarted, which the file tells nothing of where its secret is a hash.
    proxy.status = null;
    expect((await place.keeper.refresh('script')).state.fault).toBe('refused');
    expect((await place.keeper.refresh('person')).state.fault).toBeNull();
    expect((await place.nextKeeper().refresh('timer')).state.fault).toBeNull();
  });

  it('is not sent by a timer after a 403, after a restart neither, until somebody else was let in', async () => {
    const proxy = troubledProxy();
    const server = await startScriptedServer(proxy.script);
    const place = catalogHome(server.port);
    proxy.status = 403;
    expect((await place.keeper.refresh('timer')).state.fault).toBe('forbidden');
    expect((await place.keeper.refresh('timer')).state.fault).toBe('forbidden');
    expect((await place.nextKeeper().refresh('timer')).state.fault).toBe('forbidden');
    expect(keysSent(server)).toBe(1);
    proxy.status = null;
    expect((await place.nextKeeper().refresh('script')).state.fault).toBeNull();
    expect((await place.nextKeeper().refresh('timer')).state.fault).toBeNull();
  });

  it('is not sent where it does not fit the configuration', async () => {
    const server = await startScriptedServer(channels());
    const { keeper } = catalogHome(server.port, { secret: 'another' });
    expect((await keeper.refresh('person')).state.fault).toBe('no-key');
    expect(keysSent(server)).toBe(0);
  });

  it('is not sent to what is not CLIProxyAPI', async () => {
    const server = await startScriptedServer({ '*': json({}) });
    const { keeper } = catalogHome(server.port);
    expect((await keeper.refresh('person')).state.fault).toBe('other-program');
    expect(keysSent(server)).toBe(0);
  });
});

describe('the last good catalog', () => {
  it.each([
    { status: 401, fault: 'refused' },
    { status: 403, fault: 'forbidden' },
    { status: 404, fault: 'api-off' },
  ])('keeps serving after $status', async ({ status, fault }) => {
    const proxy = troubledProxy();
    const server = await startScriptedServer(proxy.script);
    const clock = fakeClock();
    const { keeper, nextKeeper } = catalogHome(server.port, { clock });
    const before = await keeper.refresh('timer');
    await clock.advance(LIFETIME_MS);
    proxy.status = status;
    const after = await keeper.refresh('timer');
    expect(after.state).toMatchObject({ origin: { kind: 'stale' }, fault });
    expect(after.providers).toEqual(before.providers);
    expect(modelIds(await nextKeeper().read())).toEqual(modelIds(before));
  });

  it('keeps serving where a channel never answers, and its key was sent once', async () => {
    let isSilent = false;
    const answer = json({ models: [{ id: 'antigravity-live' }] });
    const server = await startScriptedServer(
      channels({
        antigravity: (request, response) => {
          if (!isSilent) answer(request, response);
        },
      }),
    );
    const { keeper } = catalogHome(server.port);
    const before = await keeper.refresh('person');
    const sent = keysSent(server);
    isSilent = true;
    const after = await keeper.refresh('person');
    expect(after.state.fault).toBe('no-answer');
    expect(after.providers).toEqual(before.providers);
    expect(keysSent(server)).toBe(sent + 1);
  });
});
