import { LOCAL_TARGET } from '../schema/remote.ts';

const MAX_LENGTH = 64;

/**
 * The id of a new target, made from its name: `Büro 2` becomes `buro-2`. A name without any Latin letter or digit
 * becomes `server`; where the id is taken already, a number follows. Never `local`.
 */
export function targetIdOf(name: string, taken: Iterable<string>): string {
  const used = new Set([...taken, LOCAL_TARGET]);
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const base = plain === '' ? 'server' : cut(plain, MAX_LENGTH);
  if (!used.has(base)) return base;
  for (let number = 2; ; number += 1) {
    const id = `${cut(base, MAX_LENGTH - 1 - String(number).length)}-${number}`;
    if (!used.has(id)) return id;
  }
}

/** The environment variable that holds a target's management key: `CLIPROXY_SYNC_KEY_BURO_2`. */
export function keyVariableOf(id: string): string {
  return `CLIPROXY_SYNC_KEY_${id.replaceAll('-', '_').toUpperCase()}`;
}

function cut(id: string, length: number): string {
  return id.slice(0, length).replace(/-+$/, '');
}
