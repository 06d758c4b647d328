import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { openPanel, type Panel } from '../e2e/panel.ts';
import { openSessionBus, type SessionBus } from '../e2e/session-bus.ts';
import { needsTray } from '../testing/desktop-requirements.ts';
import { watchTrayHost } from './tray-host.ts';

afterEach(() => vi.unstubAllEnvs());

function watched(address: string): { readonly told: readonly boolean[]; readonly dispose: () => void } {
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
  const told: boolean[] = [];
  const watch = watchTrayHost((present) => told.push(present));
  onTestFinished(() => watch.dispose());
  return { told, dispose: () => watch.dispose() };
}

async function bus(): Promise<SessionBus> {
  const opened = await openSessionBus();
  onTestFinished(() => opened.close());
  return opened;
}

async function panelOn(on: SessionBus): Promise<Panel> {
  const panel = await openPanel(on);
  onTestFinished(() => panel.close());
  return panel;
}

describe.skipIf(!needsTray())('the watch for a tray host', () => {
  it('finds one that is there already', async () => {
    const session = await bus();
    await panelOn(session);
    const { told } = watched(session.address);
    await expect.poll(() => told).toEqual([true]);
  });

  it('notices one that comes, goes and comes again', async () => {
    const session = await bus();
    const { told } = watched(session.address);
    await expect.poll(() => told).toEqual([false]);
    const panel = await panelOn(session);
    await expect.poll(() => told).toEqual([false, true]);
    await panel.close();
    await expect.poll(() => told).toEqual([false, true, false]);
    await panelOn(session);
    await expect.poll(() => told).toEqual([false, true, false, true]);
  });

  it('takes a bus that is lost for no host', async () => {
    const session = await bus();
    await panelOn(session);
    const { told } = watched(session.address);
    await expect.poll(() => told).toEqual([true]);
    await session.close();
    await expect.poll(() => told).toEqual([true, false]);
  });

  it('tells nothing once it is disposed of, however early', async () => {
    const session = await bus();
    await panelOn(session);
    const early = watched(session.address);
    early.dispose();
    early.dispose();
    const other = watched(session.address);
    await expect.poll(() => other.told).toEqual([true]);
    expect(early.told).toEqual([]);
  });
});

describe.skipIf(process.platform !== 'linux')('the watch for a tray host without a bus', () => {
  it.each(['unix:path=/nonexistent/bus', 'unix:', 'nonsense', 'tcp:host=127.0.0.1'])(
    'finds none and goes on: %s',
    async (address) => {
      const { told } = watched(address);
      await expect.poll(() => told).toEqual([false]);
    },
  );
});
