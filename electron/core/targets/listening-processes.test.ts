import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../testing/free-port.ts';
import { listeningProcesses, startedWithConfig } from './listening-processes.ts';

describe('listeningProcesses', () => {
  it.each(['127.0.0.1', '::'])('finds this very process, which listens on %s', async (host) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    onTestFinished(() => void server.close());
    const { processes, complete } = await listeningProcesses((server.address() as AddressInfo).port);
    expect(processes.map((found) => found.pid)).toEqual([process.pid]);
    expect(complete).toBe(true);
  });

  it('finds nobody on a free port', async () => {
    expect(await listeningProcesses(await freePort())).toEqual({ processes: [], complete: false });
  });
});

describe('startedWithConfig', () => {
  const root = `/proc/${process.pid}/root`;

  it.each([
    ['-config /etc/proxy.yaml', '/etc/proxy.yaml'],
    ['--config /etc/proxy.yaml', '/etc/proxy.yaml'],
    ['-config=/etc/proxy.yaml -local-model', '/etc/proxy.yaml'],
    ['--config=../proxy.yaml', `${process.cwd()}/../proxy.yaml`],
    ['-local-model -config a.yaml -config b.yaml', `${process.cwd()}/b.yaml`],
    ['-local-model', `${process.cwd()}/config.yaml`],
    ['-- -config a.yaml', `${process.cwd()}/config.yaml`],
    ['-configuration a.yaml', `${process.cwd()}/config.yaml`],
  ])('finds the file of "%s"', (words, path) => {
    const command = ['cli-proxy-api', ...words.split(' ')];
    const plain = new URL(`file://${path}`).pathname;
    expect(startedWithConfig({ pid: process.pid, command })).toBe(root + plain);
  });

  it('knows nothing of a process that has ended', () => {
    expect(startedWithConfig({ pid: 2 ** 22 + 1, command: ['cli-proxy-api'] })).toBeNull();
  });
});
