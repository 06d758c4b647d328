import { expect, it } from 'vitest';
import { proxyOrigin } from './proxy-origin.ts';

it.each([
  ['', '127.0.0.1'],
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
  ['[::]', '::1'],
  ['[::1]', '::1'],
  [' 127.0.0.1 ', '127.0.0.1'],
  ['192.168.1.5', '192.168.1.5'],
])('reaches a proxy whose host is "%s" at %s', (host, reached) => {
  expect(proxyOrigin({ host, port: 8317, tls: false })).toEqual({ host: reached, port: 8317, tls: 'off' });
});

it.each([
  ['', 'unverified'],
  ['localhost', 'unverified'],
  ['127.1.2.3', 'unverified'],
  ['::1', 'unverified'],
  ['192.168.1.5', 'verified'],
  ['127.0.0.1.example.com', 'verified'],
  ['localhost.example.com', 'verified'],
])('with TLS and host "%s" its certificate is %s', (host, tls) => {
  expect(proxyOrigin({ host, port: 443, tls: true }).tls).toBe(tls);
});
