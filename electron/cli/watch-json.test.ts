import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf } from '../testing/engine-home.ts';
import { type RunningService, runService } from '../testing/run-service.ts';
import { ChangeLine } from './change-line.ts';

/** The lines so far, each held against the schema: no field more, none less. */
function linesOf(service: RunningService): readonly ChangeLine[] {
  const whole = service.output().split('\n').slice(0, -1);
  return whole
    .filter((line) => line.startsWith('{'))
    .map((line) => {
      const document: unknown = JSON.parse(line);
      const parsed = ChangeLine.parse(document);
      expect(parsed).toEqual(document);
      return parsed;
    });
}

const kindsOf = (service: RunningService): readonly string[] => linesOf(service).map(({ kind }) => kind);

/** Changes the base URL of our entry by hand, as somebody would who means it. */
async function changeByHand(home: CliHome, service: RunningService, times: number): Promise<void> {
  const url = 'https://glm.test/api';
  for (let time = 1; time <= times; time += 1) {
    await expect.poll(home.readConfig).toContain(url);
    const told = (): readonly number[] =>
      ['drift', 'written'].map((wanted) => kindsOf(service).filter((kind) => kind === wanted).length);
    const before = told();
    home.writeConfig(home.readConfig().replace(url, `https://by-hand-${time}.test`));
    if (time === times) return;
    // A change that meets the writing of a repair is mended with it, and is no drift of its own.
    await expect.poll(told).toEqual(before.map((count) => count + 1));
  }
}

describe('what `watch --json` prints', () => {
  it('is one object a line, in a form that a schema holds, whatever happens', async () => {
    const home = await cliHome(['glm', 'kimi']);
    home.profile('glm', envOf('glm', { ANTHROPIC_BASE_URL: 'https://glm.test/api' }));
    const settings = `${home.ccsDirectory}/config.yaml`;
    const watch = await runService(home.home, ['watch', '--json']);
    await expect.poll(() => kindsOf(watch)).toContain('target');
    home.write('config.yaml', readFileSync(settings, 'utf8').replace('auto_sync: false', 'auto_sync: true'));
    await expect.poll(() => kindsOf(watch)).toContain('written');
    await changeByHand(home, watch, 3);
    await expect.poll(() => kindsOf(watch)).toContain('fight');
    const text = home.readConfig();
    home.writeConfig(`${text}\nbroken: [\n`);
    const failed = (): readonly unknown[] =>
      linesOf(watch).flatMap((line) => (line.kind === 'target' ? [line.target.error?.error.code] : []));
    await expect.poll(failed).toContain('target-refused');
    expect(await watch.end('SIGTERM')).toBe(0);
    expect([...new Set(kindsOf(watch))].sort()).toEqual([
      'auto-sync',
      'drift',
      'fight',
      'target',
      'watcher',
      'written',
    ]);
    expect(watch.output()).not.toContain('canary');
  });
});
