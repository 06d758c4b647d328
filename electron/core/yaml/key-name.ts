/** A key's name for messages, unless it could be a secret that somebody put in a key's place. */
export function keyName(name: string): string {
  return /^[a-z][a-z_-]{0,39}$/i.test(name) ? name : '';
}
