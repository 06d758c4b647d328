import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../schema/history.ts';
import type { OperationView } from '../schema/plan.ts';
import { describeKind, describeRecord } from './describe-record.ts';

function record(over: Partial<HistoryEntry>): HistoryEntry {
  return {
    id: 12,
    time: '2026-11-22T13:20:00.000Z',
    kind: 'sync',
    path: '/home/ana/.ccs/cliproxy/config.yaml',
    undoes: null,
    operations: [],
    hashBefore: 'a',
    hashAfter: 'b',
    ...over,
  };
}

function operation(op: OperationView['op'], profile: string, prefix = `${profile}-`): OperationView {
  return { op, profile, prefix, line: null, why: 'profile', diff: [] };
}

describe('a change in one line', () => {
  it('names what was added, updated and removed, in this order', () => {
    const operations = [operation('remove', 'hf'), operation('add', 'glm'), operation('add', 'km')];
    expect(describeRecord(record({ operations }))).toBe('Added glm and km · Removed hf');
  });

  it('does not tell what was left alone', () => {
    const operations = [operation('leave', 'hf'), operation('update', 'glm')];
    expect(describeRecord(record({ operations }))).toBe('Updated glm');
    expect(describeRecord(record({ operations: [operation('leave', 'hf')] }))).toBe('No entry changed');
  });

  it('names an entry that is no profile by its prefix, and one without as such', () => {
    const operations = [operation('restore', '', 'mine'), operation('restore', '', '')];
    expect(describeRecord(record({ kind: 'restore', operations }))).toBe(
      'Brought back mine and an entry without a prefix',
    );
  });

  it('does not say of an interrupted write that it happened', () => {
    const operations = [operation('add', 'glm')];
    expect(describeRecord(record({ kind: 'interrupted', operations }))).toBe('Meant, not written: Added glm');
    expect(describeRecord(record({ kind: 'interrupted' }))).toBe('An interrupted write was kept');
  });

  it('tells the restoration of the first file without its entries', () => {
    const operations = [operation('remove', 'glm')];
    expect(describeRecord(record({ kind: 'undo', undoes: 0, operations }))).toBe(
      'Restored the file as before the first sync',
    );
  });

  it('tells an undo from the change that it took back', () => {
    const operations = [operation('update', 'glm')];
    expect(describeRecord(record({ kind: 'undo', undoes: 9, operations }))).toBe(
      'Undid change 9 · Updated glm',
    );
    expect(describeRecord(record({ kind: 'undo', undoes: 9 }))).toBe('Undo of change 9');
  });

  it('tells a rename by the new name, but not where others changed the prefix', () => {
    const text = (value: string) => ({ kind: 'text', text: value }) as const;
    const diff = [{ field: 'prefix', before: text('glm-'), after: text('glm-2-') }] as const;
    const renamed = { ...operation('update', 'glm-2'), diff };
    expect(describeRecord(record({ operations: [renamed] }))).toBe('Renamed to glm-2');
    const drifted = { ...renamed, why: 'drift' };
    expect(describeRecord(record({ operations: [drifted] }))).toBe('Updated glm-2');
  });

  it('says of a release whether the entries stayed', () => {
    expect(describeRecord(record({ kind: 'release' }))).toBe('Stopped managing; the entries stay');
    expect(describeRecord(record({ kind: 'release', operations: [operation('remove', 'glm')] }))).toBe(
      'Stopped managing · Removed glm',
    );
  });

  it('says what kind it is, and of which change it is the undo', () => {
    expect(describeKind(record({ kind: 'undo', undoes: 9 }))).toBe('Undo of change 9');
    expect(describeKind(record({ kind: 'undo', undoes: 0 }))).toBe('Undo of everything');
    expect(describeKind(record({}))).toBe('Sync');
  });
});
