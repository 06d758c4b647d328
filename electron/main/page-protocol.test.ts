import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECURITY_HEADERS } from '../service/http-answer.ts';
import { type PageFiles, readPageFiles } from '../service/page-files.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { addressOf, isPageAddress } from './page-address.ts';
import { answerPage } from './page-protocol.ts';

function builtPage(): PageFiles {
  const folder = join(tempFolder(), 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(folder, 'assets', 'main-3f9a.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'main-3f9a.js.map'), '{}');
  writeFileSync(join(folder, '..', 'secret.html'), 'secret');
  return readPageFiles(folder);
}

const get = (url: string, method = 'GET'): Response => answerPage({ url, method }, builtPage());

describe('the page’s own protocol', () => {
  it.each([
    ['app://ui/', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['app://ui/#/history', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['app://ui/?x', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['app://ui/assets/main-3f9a.js', 'text/javascript; charset=utf-8', 'export {};'],
  ])('serves %s', async (url, type, text) => {
    const answer = get(url);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      type,
      text,
    ]);
    expect(Object.fromEntries(answer.headers)).toMatchObject(SECURITY_HEADERS);
  });

  it.each([
    'app://ui/secret.html',
    'app://ui/../secret.html',
    'app://ui/assets/../../secret.html',
    'app://ui/%2e%2e/secret.html',
    'app://ui/..%2fsecret.html',
    'app://ui/assets/main-3f9a.js.map',
    'app://ui/assets',
    'app://ui/index.html/',
    'app://ui//etc/passwd',
    'app://other/',
    'app://ui:8/',
    'app://a@ui/',
    'file:///etc/passwd',
    'https://ui/',
  ])('has nothing at %s', async (url) => {
    const answer = get(url);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(answer.headers.get('content-security-policy')).toBe(SECURITY_HEADERS['content-security-policy']);
  });

  it('only answers GET', () => {
    expect(get('app://ui/', 'POST').status).toBe(405);
  });
});

describe('the addresses of the page', () => {
  it('differ in their hash only', () => {
    expect(addressOf({ view: 'profiles', name: 'my.custom-1' })).toBe('app://ui/#/profiles/my.custom-1');
    expect(addressOf({ view: 'overview', preview: true })).toBe('app://ui/#/overview?preview');
  });

  it.each(['app://ui', 'app://ui/', 'app://ui/index.html#/settings'])('%s is of the page', (address) => {
    expect(isPageAddress(address)).toBe(true);
  });

  it.each(['', 'about:blank', 'app://ui.evil/', 'https://ui/', 'data:text/html,app://ui/', 'app:ui'])(
    '%s is not',
    (address) => {
      expect(isPageAddress(address)).toBe(false);
    },
  );
});
