/**
 * What a key typed in the catalog's search costs with 5,000 models, in a real browser: script, style and layout of
 * the frame that it leads to, by the browser's own counters. CHROMIUM_BIN names the browser. Use after a build:
 * node electron/bench/catalog-list.mjs
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

const RENDERER =
  process.env['BENCH_RENDERER'] ?? fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const MODELS = Number(process.env['BENCH_MODELS'] ?? 5000);
const ROUNDS = Number(process.env['BENCH_RUNS'] ?? 11);
const GOAL_MS = 16;
const QUERY = 'claude opus 12';
const FAMILIES = ['claude-opus', 'claude-sonnet', 'gemini-pro', 'gpt', 'grok'];
const PROVIDERS = ['agy', 'gemini', 'codex', 'claude'];
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

function model(at) {
  const family = FAMILIES[at % FAMILIES.length];
  return {
    id: `${family}-${at}-20251001`,
    name: `${family.replace('-', ' ')} ${at}`,
    version: null,
    description: 'Balances intelligence, speed and cost for work that goes on for long.',
    contextLength: 100_000 + at * 200,
    outputLimit: 8_000 + at * 10,
    inputModalities: ['text', 'image'],
    outputModalities: ['text'],
    thinking: null,
    tier: null,
    broken: false,
    deprecated: at % 50 === 0,
    deprecationReason: null,
    issueUrl: null,
    extendedContext: null,
    source: 'both',
  };
}

const catalogState = {
  origin: { kind: 'live', fetchedMs: Date.now(), from: null },
  asks: null,
  refreshing: false,
  models: MODELS,
  fault: null,
  failed: [],
  cacheProblem: null,
};
const each = Math.ceil(MODELS / PROVIDERS.length);
const catalog = {
  state: catalogState,
  staticFacts: { date: '2026-01-01', from: 'the bench' },
  providers: PROVIDERS.map((provider, place) => ({
    provider,
    displayName: provider,
    defaultModel: '',
    models: Array.from({ length: each }, (_, at) => model(place * each + at)),
  })),
};
const state = {
  revision: 1,
  ccsDirectory: '/home/ana/.ccs',
  activity: { kind: 'idle' },
  watcher: { state: 'running' },
  autoSync: { mode: 'follow-ccs', enabled: true, source: 'ccs', pausedUntilMs: null },
  profiles: [],
  targets: [],
  catalog: catalogState,
  capabilities: { tray: false, autostart: false, notifications: false, openFile: false, clipboard: false },
  service: { pid: 1, host: 'serve', version: '0.1.0' },
};

/** The built window, with a service that only has a catalog. */
async function startServer() {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path === '/api/state') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`event: state\nid: 1\ndata: ${JSON.stringify(state)}\n\n`);
    } else if (path.startsWith('/api/call/')) {
      const isCatalog = path === '/api/call/catalog.get';
      const answer = isCatalog
        ? { ok: true, value: catalog }
        : { ok: false, error: { code: 'service-busy' } };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    } else void sendFile(response, path === '/' ? '/index.html' : path);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function sendFile(response, path) {
  const file = join(RENDERER, normalize(path));
  if (!existsSync(file)) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
  response.end(await readFile(file));
}

/** Two frames: the one that draws what was typed, and the one that says it is drawn. */
const DRAWN = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))`;

/** What the page has spent on script, style and layout since it began, in milliseconds. */
async function spentMs(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name) => metrics.find((one) => one.name === name)?.value ?? 0;
  return (of('ScriptDuration') + of('RecalcStyleDuration') + of('LayoutDuration')) * 1000;
}

function percentile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}

const found = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const executablePath = process.env['CHROMIUM_BIN'] ?? found;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  chromiumSandbox: process.getuid?.() !== 0,
});
const server = await startServer();
const page = await browser.newPage({ viewport: { width: 900, height: 600 } });
await page.goto(`http://127.0.0.1:${server.address().port}/#/catalog`);
const search = page.getByRole('searchbox');
await search.waitFor();
await page.locator('[role="grid"] [data-index]').first().waitFor();
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');

/** Presses a key and gives what it cost; what the measuring itself costs is measured, too, and taken off. */
async function costOf(key) {
  const before = await spentMs(session);
  await page.evaluate(DRAWN);
  const empty = (await spentMs(session)) - before;
  const start = await spentMs(session);
  await search.press(key);
  await page.evaluate(DRAWN);
  return Math.max(0, (await spentMs(session)) - start - empty);
}

const costs = [];
for (let round = -1; round < ROUNDS; round += 1) {
  const keys = [...QUERY].map((key) => (key === ' ' ? 'Space' : key));
  for (const key of [...keys, ...keys.map(() => 'Backspace')]) {
    const cost = await costOf(key);
    // The first round is for the compiler.
    if (round >= 0) costs.push(cost);
  }
}
await browser.close();
server.closeAllConnections();
server.close();

console.log(
  `\n${MODELS} models, ${costs.length} keys typed in the search; script, style and layout of each.\n`,
);
const p95 = percentile(costs, 0.95);
const verdict = p95 <= GOAL_MS ? 'met' : 'MISSED';
console.log(`${'a key, median, ms'.padEnd(62)} ${percentile(costs, 0.5).toFixed(2).padStart(8)}`);
console.log(
  `${'a key, 95th percentile, ms'.padEnd(62)} ${p95.toFixed(2).padStart(8)}  goal ${GOAL_MS}: ${verdict}`,
);
