import { it } from 'vitest';
import { writeProxyConfig, runProxy } from '/work/main/electron/testing/run-proxy.ts';
import { connectRemote } from '/work/main/electron/core/targets/remote-server.ts';
import { systemClock } from '/work/main/electron/core/support/clock.ts';
import { mkdtempSync } from 'node:fs';
it('race', async () => {
  const { path, port } = await writeProxyConfig(mkdtempSync('/tmp/a/race-'), { secretKey: 'sk-test-m', section: `claude-api-key:\n  - {"api-key": sk-test-f, headers: {N: "0"}}\n` });
  const proxy = await runProxy(process.env.CLIPROXYAPI_BIN!, path);
  const url = `http://127.0.0.1:${port}`;
  const H = { authorization: 'Bearer sk-test-m', 'content-type': 'application/json' };
  const api = url + '/v0/management/claude-api-key';
  const get = async () => (await (await fetch(api, { headers: H })).json() as any)['claude-api-key'];
  const e = (n: string) => ({ 'api-key': 'sk-test-' + n, prefix: n + '-', 'base-url': 'http://127.0.0.1:9', models: [] });
  for (const mode of ['naive', 'ours']) {
    let stop = false, lost = 0, edits = 0;
    const editor = (async () => {
      for (let n = 1; !stop; n++) {
        await fetch(api, { method: 'PATCH', headers: H, body: JSON.stringify({ match: 'sk-test-f', value: { headers: { N: mode + n } } }) });
        edits++;
        await new Promise(r => setTimeout(r, Math.random() * 150));
        const seen = (await get()).find((x: any) => x['api-key'] === 'sk-test-f').headers.N;
        if (seen !== mode + n) lost++;
      }
    })();
    let done = 0, stale = 0; const t = performance.now();
    for (let k = 0; k < 40; k++) {
      const c = connectRemote({ url, key: 'sk-test-m', certificate: null, plainHttp: false }, systemClock());
      const l = await c.list(); if (!l.ok) throw new Error(JSON.stringify(l));
      const before = l.value.entries; const foreign = before.filter(x => x['api-key'] === 'sk-test-f');
      const after = before.length > 1 ? foreign : [...foreign, e('a'), e('b')];
      if (mode === 'naive') { await fetch(api, { method: 'PUT', headers: H, body: JSON.stringify(after) }); done++; }
      else { const w = await c.write({ before, after }); if (w.ok) done++; else stale++; }
    }
    stop = true; const ms = performance.now() - t; await editor;
    console.log(mode, { edits, lost, done, stale, ms: Math.round(ms) });
  }
  await proxy.stop();
}, 300_000);
