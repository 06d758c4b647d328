import { describe, expect, it } from 'vitest';
import { item } from '../../testing/plan-world.ts';
import { modelEdits } from './model-edits.ts';

describe('modelEdits', () => {
  it('makes nothing of lists that are equal, in whatever order', () => {
    expect(modelEdits([item('b'), item('a')], ['a', 'b'], ['a', 'b'])).toEqual([]);
    expect(modelEdits([], [], [])).toEqual([]);
  });

  it('adds what is missing, in the order of the profile', () => {
    expect(modelEdits([item('b')], ['b'], ['c', 'b', 'a'])).toEqual([
      { op: 'add', name: 'c' },
      { op: 'add', name: 'a' },
    ]);
  });

  it('renames before it adds, and removes what is left over', () => {
    expect(modelEdits([item('a'), item('b')], ['a', 'b'], ['x', 'y', 'z'])).toEqual([
      { op: 'rename', index: 0, name: 'x' },
      { op: 'rename', index: 1, name: 'y' },
      { op: 'add', name: 'z' },
    ]);
    expect(modelEdits([item('a'), item('b'), item('c')], ['a', 'b', 'c'], ['x'])).toEqual([
      { op: 'rename', index: 0, name: 'x' },
      { op: 'remove', index: 1 },
      { op: 'remove', index: 2 },
    ]);
  });

  it('never touches an item whose name the ledger does not hold', () => {
    expect(modelEdits([item('mine'), item('a')], ['a'], ['b'])).toEqual([
      { op: 'rename', index: 1, name: 'b' },
    ]);
    expect(modelEdits([item('mine')], ['a'], [])).toEqual([]);
  });

  it('does not add a name that an item of the user’s has already', () => {
    expect(modelEdits([item('mine', { alias: 'm' })], [], ['mine'])).toEqual([]);
  });

  it('takes out every item of a name that is not asked for any more', () => {
    expect(modelEdits([item('a'), item('a')], ['a'], [])).toEqual([
      { op: 'remove', index: 0 },
      { op: 'remove', index: 1 },
    ]);
  });
});
