import { describe, expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import {
  bearerToken,
  cookieToken,
  createOneTimeLinks,
  isOwnHost,
  isOwnOrigin,
  sameToken,
} from './http-access.ts';

describe('the Host header', () => {
  it.each(['127.0.0.1:8417', 'localhost:8417', 'LOCALHOST:8417', '[::1]:8417'])('is ours as %s', (host) => {
    expect(isOwnHost({ host }, { port: 8417, exposed: false })).toBe(true);
  });

  it.each([
    undefined,
    '',
    'evil.test',
    'evil.test:8417',
    'localhost.evil.test:8417',
    '127.0.0.1:8418',
    '127.0.0.1',
    '127.0.0.1:8417@evil.test:8417',
    'user@127.0.0.1:8417',
    '192.168.1.5:8417',
    '0.0.0.0:8417',
  ])('is refused as %s', (host) => {
    expect(isOwnHost(host === undefined ? {} : { host }, { port: 8417, exposed: false })).toBe(false);
  });

  it('may be an address, and never a name, where the service is exposed', () => {
    const own = { port: 8417, exposed: true };
    expect(isOwnHost({ host: '192.168.1.5:8417' }, own)).toBe(true);
    expect(isOwnHost({ host: '[fe80::1]:8417' }, own)).toBe(true);
    expect(isOwnHost({ host: 'evil.test:8417' }, own)).toBe(false);
  });
});

describe('the origin', () => {
  const host = '127.0.0.1:8417';

  it.each([
    {},
    { origin: `http://${host}` },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
  ])('is ours with %o', (headers) => expect(isOwnOrigin({ host, ...headers })).toBe(true));

  it.each([
    { origin: 'http://evil.test' },
    { origin: 'null' },
    { origin: `https://${host}` },
    { origin: 'http://127.0.0.1:9999' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('is refused with %o', (headers) => expect(isOwnOrigin({ host, ...headers })).toBe(false));
});

describe('tokens', () => {
  it('are equal only as a whole', () => {
    expect(sameToken('abc', 'abc')).toBe(true);
    expect(['', 'ab', 'abcd', 'ABC'].map((given) => sameToken(given, 'abc'))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('are read from the cookie of our port only', () => {
    expect(cookieToken({ cookie: 'a=b; cliproxy-sync-8417=t; c=d' }, 8417)).toBe('t');
    expect(cookieToken({ cookie: 'cliproxy-sync-8418=t' }, 8417)).toBeNull();
    expect(cookieToken({}, 8417)).toBeNull();
  });

  it('are read from a Bearer header', () => {
    expect(bearerToken({ authorization: 'Bearer abc' })).toBe('abc');
    expect(bearerToken({ authorization: 'Basic abc' })).toBeNull();
  });
});

describe('one-time links', () => {
  it('open once', () => {
    const links = createOneTimeLinks(fakeClock());
    const [one, other] = [links.create(), links.create()];
    expect([links.use(one), links.use(one), links.use('wrong'), links.use(other)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  it('end after ten minutes', async () => {
    const clock = fakeClock();
    const links = createOneTimeLinks(clock);
    const code = links.create();
    await clock.advance(600_000);
    expect(links.use(code)).toBe(false);
  });
});
