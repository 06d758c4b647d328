import { layProxyHome } from '../testing/lay-proxy-home.ts';
import { json, openScriptedServer, proxyIdentity } from '../testing/open-scripted-server.ts';
import { expect, test } from './desktop-test.ts';

test('shows that it syncs for as long as the proxy keeps it waiting', async ({
  folder,
  panel,
  launch,
  icons,
}) => {
  const prints = await icons();
  const { home, port } = await layProxyHome(folder);
  const answers: (() => void)[] = [];
  const proxy = await openScriptedServer(
    {
      ...proxyIdentity(),
      '*': (request, response) => void answers.push(() => json({ data: [] })(request, response)),
    },
    port,
  );
  await launch({ home, args: ['--hidden'] });
  await expect.poll(() => panel.tooltip()).toContain('Syncing');
  await expect.poll(async () => (await panel.item()).IconPixmap[0]?.sha256).toBe(prints.syncing);
  const answering = setInterval(() => answers.splice(0).forEach((answer) => answer()), 20);
  await expect.poll(() => panel.tooltip()).not.toContain('Syncing');
  clearInterval(answering);
  proxy.close();
});
