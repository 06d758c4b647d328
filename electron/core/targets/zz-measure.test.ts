import { readFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { startRealProxy, writeProxyConfig } from '../../testing/real-proxy.ts';
import { sectionText, type ShortEntry } from '../../testing/section-entry.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { startUpstream } from '../../testing/upstream.ts';
const out: string[] = [];
const log = (s: string) => { out.push(s); writeFileSync('/tmp/h4/measure2.txt', out.join('\n')); };
it('m', async () => {
  const up = await startUpstream();
  const mk = (n: number): ShortEntry[] => Array.from({ length: n }, (_, i) => ({ key: `sk-test-${i}`, prefix: `p${i}-`, baseUrl: up.url, models: [`m${i}`] }));
  for (const n of [1000, 3000]) {
    const start = mk(n);
    const c = await writeProxyConfig(tempFolder(), { secretKey: 'ccs', section: sectionText(...start) });
    const proxy = await startRealProxy(process.env['CLIPROXYAPI_BIN'] ?? '', c.path);
    await new Promise((r) => setTimeout(r, 500));
    let stale = 0, added = 0;
    for (let r = 0; r < 16; r++) {
      const at = [0, n - 1, n >> 1][r % 3] ?? 0;
      const key = `sk-test-rot-${n}-${r}`;
      const add = r % 2 === 1;
      const next = add ? [...start, { key, prefix: `q${r}-`, baseUrl: up.url, models: [`q${r}`] }] : start.map((e, i) => i === at ? { ...e, key } : e);
      const text = readFileSync(c.path, 'utf8');
      writeFileSync(c.path, text.slice(0, text.indexOf('claude-api-key:')) + sectionText(...next));
      const t = performance.now();
      let listed = 0, indexed = 0;
      while (!indexed && performance.now() - t < 8000) { const l = (await (await fetch(`http://127.0.0.1:${proxy.port}/v0/management/claude-api-key`, { headers: { authorization: 'Bearer ccs' } })).json()) as { 'claude-api-key': Record<string, unknown>[] }; const e = l['claude-api-key'].find((x) => x['api-key'] === key); if (e && !listed) listed = performance.now() - t; if (e?.['auth-index']) indexed = performance.now() - t; }
      const res = await proxy.request(add ? `q${r}-/q${r}` : `p${at}-/m${at}`, 'test-client-key');
      const fresh = up.requests.at(-1)?.authorization === `Bearer ${key}`;
      if (!fresh) { if (add) added++; else stale++; }
      log(`${n} ${add ? 'add' : 'rot'} at ${at}: listed ${listed | 0} indexed ${indexed | 0} fresh ${fresh} ${res.status}`);
      await new Promise((r) => setTimeout(r, 1000));
    }
    log(`stale ${stale} added ${added}`);
    await proxy.stop();
  }
}, 600_000);
