import { describe, expect, it } from 'vitest';
import { keysOf, type KeyPress, labelOf, matches, SHORTCUTS } from './shortcut-keys.ts';

const HOSTS = [true, false].flatMap((isMac) => [true, false].map((isDesktop) => ({ isMac, isDesktop })));
const MAC = { isMac: true, isDesktop: true };
const BARE: KeyPress = {
  key: '',
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
};

describe('the shortcuts', () => {
  it.each(HOSTS)('are all different on %o', (host) => {
    const labels = SHORTCUTS.map((name) => labelOf(keysOf(name, host), host));
    expect(new Set(labels).size).toBe(SHORTCUTS.length);
  });

  it.each(HOSTS)('all have a modifier on %o: nothing is done by a letter alone', (host) => {
    for (const name of SHORTCUTS) {
      const { modifiers } = keysOf(name, host);
      expect(modifiers.some((modifier) => modifier !== 'shift')).toBe(true);
    }
  });

  it('leave a browser its tabs and windows', () => {
    const labels = SHORTCUTS.map((name) => {
      const host = { isMac: false, isDesktop: false };
      return labelOf(keysOf(name, host), host);
    });
    for (const taken of ['Ctrl+1', 'Ctrl+2', 'Ctrl+3', 'Ctrl+4', 'Ctrl+N', 'Ctrl+T', 'Ctrl+W'])
      expect(labels).not.toContain(taken);
  });

  it('are written as the system writes keys', () => {
    expect(labelOf(keysOf('palette', MAC), MAC)).toBe('⌘K');
    expect(labelOf(keysOf('sync', MAC), { ...MAC, isMac: false })).toBe('Ctrl+Shift+Enter');
  });

  it('know a digit by its place, since Shift makes another sign of it', () => {
    const host = { isMac: false, isDesktop: false };
    const press = { ...BARE, key: '@', code: 'Digit2', ctrlKey: true, shiftKey: true };
    expect(matches(press, keysOf('profiles', host), host)).toBe(true);
    expect(matches({ ...press, shiftKey: false }, keysOf('profiles', host), host)).toBe(false);
  });

  it('know a letter by its sign, wherever a keyboard has it', () => {
    const host = { isMac: false, isDesktop: true };
    const press = { ...BARE, key: 'z', code: 'KeyY', ctrlKey: true };
    expect(matches(press, keysOf('undo', host), host)).toBe(true);
    expect(matches({ ...press, metaKey: true, ctrlKey: false }, keysOf('undo', host), host)).toBe(false);
  });
});
