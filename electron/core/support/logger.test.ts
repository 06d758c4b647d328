import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { createLogger, logPath } from './logger.ts';

const linesOf = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('the log', () => {
  it('holds one JSON object a line, with its time, readable by its user alone', () => {
    const path = join(tempFolder(), 'logs', 'service.log');
    createLogger({ path, clock: fakeClock(), verbose: false }).write({
      level: 'info',
      event: 'started',
      host: 'watch',
    });
    expect(linesOf(path)).toEqual([
      { time: '2023-11-14T22:13:20.000Z', level: 'info', event: 'started', pid: process.pid, host: 'watch' },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('never holds a key', () => {
    const path = join(tempFolder(), 'service.log');
    const logger = createLogger({ path, clock: fakeClock(), verbose: true });
    logger.write({ level: 'error', event: 'bug', bug: 'Error: sk-test-canary-0123456789', token: 'secret' });
    expect(readFileSync(path, 'utf8')).not.toMatch(/canary|secret/);
  });

  it('holds details only where they are asked for', () => {
    const path = join(tempFolder(), 'service.log');
    createLogger({ path, clock: fakeClock(), verbose: false }).write({ level: 'detail', event: 'state' });
    expect(existsSync(path)).toBe(false);
    createLogger({ path, clock: fakeClock(), verbose: true }).write({ level: 'detail', event: 'state' });
    expect(linesOf(path)).toHaveLength(1);
  });

  it('is put aside when it is full, and keeps three older ones', () => {
    const path = join(tempFolder(), 'service.log');
    const logger = createLogger({ path, clock: fakeClock(), verbose: false, mostBytes: 50 });
    for (let number = 0; number < 10; number += 1) logger.write({ level: 'info', event: 'line', number });
    const kept = [3, 2, 1].map((age) => linesOf(`${path}.${age}`)[0]);
    expect(kept.map((line) => (line as { number: number }).number)).toEqual([6, 7, 8]);
    expect(existsSync(`${path}.4`)).toBe(false);
    expect(linesOf(path)).toHaveLength(1);
  });

  it('stops nothing where it can’t be written', () => {
    const path = join(tempFolder(), 'service.log');
    mkdirSync(path);
    expect(() =>
      createLogger({ path, clock: fakeClock(), verbose: false }).write({ level: 'info', event: 'x' }),
    ).not.toThrow();
  });

  it('lies where the system keeps logs', () => {
    expect(logPath('/state/cliproxy-sync', { platform: 'linux', homedir: '/home/ana' })).toBe(
      '/state/cliproxy-sync/logs/service.log',
    );
    expect(logPath('/x', { platform: 'darwin', homedir: '/Users/ana' })).toBe(
      '/Users/ana/Library/Logs/cliproxy-sync/service.log',
    );
    expect(logPath('C:\\s', { platform: 'win32', homedir: null })).toBe('C:\\s\\logs\\service.log');
  });
});
