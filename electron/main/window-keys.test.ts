import { describe, expect, it } from 'vitest';
import { commandOf, zoomedLevel } from './window-keys.ts';

const CTRL = { type: 'keyDown', control: true, meta: false, alt: false, shift: false };

describe('the keys of a window without a menu bar', () => {
  it.each([
    ['+', 'zoom-in'],
    ['=', 'zoom-in'],
    ['-', 'zoom-out'],
    ['_', 'zoom-out'],
    ['0', 'zoom-reset'],
    ['w', 'close'],
    ['W', 'close'],
    ['q', 'quit'],
    ['c', null],
    ['r', null],
    ['F5', null],
  ])('Ctrl and %s is %s', (key, command) => {
    expect(commandOf({ ...CTRL, key }, 'linux')).toBe(command);
  });

  it.each([
    ['without Ctrl', { ...CTRL, control: false }],
    ['with Alt, which types other characters', { ...CTRL, alt: true }],
    ['when it is let go', { ...CTRL, type: 'keyUp' }],
  ])('are no command %s', (_name, press) => {
    expect(commandOf({ ...press, key: '0' }, 'win32')).toBeNull();
  });

  it('are left to the menu of macOS', () => {
    expect(commandOf({ ...CTRL, key: 'q' }, 'darwin')).toBeNull();
  });

  it('zoom within bounds', () => {
    expect([zoomedLevel(0, 'zoom-in'), zoomedLevel(4, 'zoom-in'), zoomedLevel(-2, 'zoom-out')]).toEqual([
      0.5, 4, -2,
    ]);
    expect(zoomedLevel(3.5, 'zoom-reset')).toBe(0);
  });
});
