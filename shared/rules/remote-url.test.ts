import { describe, expect, it } from 'vitest';
import { canonicalRemoteUrl, isLoopbackUrl, isPlainHttpElsewhere } from './remote-url.ts';

describe('the address of a server', () => {
  it.each([
    ['https://proxy.test', 'https://proxy.test:443'],
    ['http://proxy.test', 'http://proxy.test:8317'],
    ['http://proxy.test:80', 'http://proxy.test:80'],
    ['https://proxy.test:443/', 'https://proxy.test:443'],
    ['https://proxy.test:8443', 'https://proxy.test:8443'],
    ['HTTPS://Proxy.TEST:8317', 'https://proxy.test:8317'],
    ['  https://proxy.test  ', 'https://proxy.test:443'],
    ['https://proxy.test:', 'https://proxy.test:443'],
    ['https://büro.test', 'https://xn--bro-hoa.test:443'],
    ['https://[2001:DB8::1]:8317', 'https://[2001:db8::1]:8317'],
    ['http://0x7f.1:8317', 'http://127.0.0.1:8317'],
  ])('is kept in one form: %j', (typed, url) => {
    expect(canonicalRemoteUrl(typed)).toBe(url);
    expect(canonicalRemoteUrl(url)).toBe(url);
  });

  it.each([
    ['proxy.test', 'https://proxy.test:443'],
    ['proxy.test:8317', 'https://proxy.test:8317'],
    ['192.168.1.5:8317', 'https://192.168.1.5:8317'],
    ['localhost', 'http://localhost:8317'],
    ['localhost:9000', 'http://localhost:9000'],
    ['127.0.0.2', 'http://127.0.0.2:8317'],
    ['[::1]:8317', 'http://[::1]:8317'],
  ])('needs no scheme, and is encrypted unless it is this machine: %j', (typed, url) => {
    expect(canonicalRemoteUrl(typed)).toBe(url);
  });

  it.each([
    ['https://proxy.test/cliproxy', 'https://proxy.test:443/cliproxy'],
    ['https://proxy.test/a/b//', 'https://proxy.test:443/a/b'],
    ['http://proxy.test:8317/v0/management', 'http://proxy.test:8317'],
    ['http://proxy.test:8317/v0/management/', 'http://proxy.test:8317'],
    ['http://proxy.test:8317/v0/management/claude-api-key', 'http://proxy.test:8317'],
    ['http://proxy.test:8317/management.html', 'http://proxy.test:8317'],
    ['http://proxy.test:8317/management.html#/ai-providers', 'http://proxy.test:8317'],
    ['https://proxy.test/cliproxy/management.html', 'https://proxy.test:443/cliproxy'],
    ['https://proxy.test/v0/managements', 'https://proxy.test:443/v0/managements'],
  ])('keeps the path of a reverse proxy, and no other: %j', (typed, url) => {
    expect(canonicalRemoteUrl(typed)).toBe(url);
  });

  it.each([
    '',
    '   ',
    'https://',
    'https:///proxy.test',
    'https:proxy.test',
    'ftp://proxy.test',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://ana@proxy.test',
    'https://ana:secret@proxy.test',
    'https://@proxy.test',
    'mailto:ana@proxy.test',
    'https://proxy.test?x=1',
    'https://proxy.test/a?x=1',
    'https://proxy.test/#top',
    'https://proxy.test:0',
    'https://proxy.test:70000',
    'https://proxy test',
    'https://proxy.test/a b',
    'https://proxy\n.test',
    'https:\\\\proxy.test',
    'https://proxy.test\\@elsewhere.test',
    '::1',
    'https://[::1',
  ])('is refused where it can’t be one, or holds more: %j', (typed) => {
    expect(canonicalRemoteUrl(typed)).toBeNull();
  });
});

describe('where an address leads', () => {
  it.each([
    ['http://localhost:8317', true],
    ['https://127.0.0.1:8317', true],
    ['http://127.8.0.1:8317', true],
    ['http://[::1]:8317', true],
    ['http://localhost.test:8317', false],
    ['http://127.0.0.1.test:8317', false],
    ['http://192.168.1.5:8317', false],
    ['http://0.0.0.0:8317', false],
    ['not an address', false],
  ])('is this machine only by its own names: %s', (url, expected) => {
    expect(isLoopbackUrl(url)).toBe(expected);
  });

  it.each([
    ['http://proxy.test:8317', true],
    ['https://proxy.test:443', false],
    ['http://localhost:8317', false],
  ])('is readable by others only in plain HTTP to another machine: %s', (url, expected) => {
    expect(isPlainHttpElsewhere(url)).toBe(expected);
  });
});
