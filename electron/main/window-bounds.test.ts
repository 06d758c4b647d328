import { describe, expect, it } from 'vitest';
import { placeWindow } from './window-bounds.ts';

const SCREEN = { x: 0, y: 25, width: 1920, height: 1055 };
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1024 };
const SIZE = { width: 1000, height: 700 };

describe('where the window opens', () => {
  it('is in the middle at first', () => {
    expect(placeWindow(null, [SCREEN])).toEqual({ width: 1080, height: 720 });
  });

  it.each([
    ['where it was', { x: 40, y: 60, ...SIZE }, { x: 40, y: 60, ...SIZE }],
    ['on the second screen', { x: 2000, y: 10, ...SIZE }, { x: 2000, y: 10, ...SIZE }],
    ['in the middle when its screen is gone', { x: 4000, y: 10, ...SIZE }, SIZE],
    ['partly beyond an edge', { x: -800, y: 60, ...SIZE }, { x: -800, y: 60, ...SIZE }],
    ['in the middle where too little is left to hold', { x: -950, y: 60, ...SIZE }, SIZE],
    ['in the middle where its title would be above the screen', { x: 0, y: -40, ...SIZE }, SIZE],
    ['in the middle where its title would be below it', { x: 0, y: 1070, ...SIZE }, SIZE],
    [
      'at least as large as the page needs',
      { x: 40, y: 60, width: 300, height: 200 },
      { x: 40, y: 60, width: 900, height: 600 },
    ],
  ])('is %s', (_name, saved, expected) => {
    expect(placeWindow(saved, [SCREEN, RIGHT])).toEqual(expected);
  });
});
