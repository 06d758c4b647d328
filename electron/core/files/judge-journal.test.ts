import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { judgeJournal } from './judge-journal.ts';

function judge(file: string, oldText: string, newText: string) {
  const ledger = { path: '/ledger', text: '' };
  const [oldBytes, newBytes] = [Buffer.from(oldText), Buffer.from(newText)];
  return judgeJournal(Buffer.from(file), { target: '/config.yaml', oldBytes, newBytes, ledger });
}

describe('judgeJournal', () => {
  it.each([
    ['equal to the old text', 'a: 1\n', 'a: 1\n', 'a: 22\n', { kind: 'file-is-old', length: 5 }],
    ['equal to the new text', 'a: 22\n', 'a: 1\n', 'a: 22\n', { kind: 'file-is-new', length: 6 }],
    ['old with our padding', 'a: 1\n\n', 'a: 1\n', 'a: 22\n', { kind: 'file-is-old', length: 5 }],
    ['new with our padding', 'a: 1\n\n\n', 'a: 333\n', 'a: 1\n', { kind: 'file-is-new', length: 5 }],
    [
      'old and more newlines than ours',
      'a: 1\n\n\n',
      'a: 1\n',
      'a: 22\n',
      { kind: 'file-is-old', length: 7 },
    ],
    [
      'new and more newlines than ours',
      'a: 1\n\n\n\n',
      'a: 333\n',
      'a: 1\n',
      { kind: 'file-is-new', length: 8 },
    ],
    ['new without its last newline', 'a: 1', 'a: 333\n', 'a: 1\n', { kind: 'file-is-new', length: 4 }],
    ['partly new, growing', 'a: 2b\n', 'a: 1b\n', 'a: 23\n', { kind: 'half-written' }],
    ['partly new, shrinking', 'a: 13\n', 'a: 333\n', 'a: 1\n', { kind: 'half-written' }],
    ['cut before what was written reached the disk', 'aa', 'aa\n', 'bb', { kind: 'half-written' }],
    ['of other blocks than the first ones', 'x2', 'x1', 'y2', { kind: 'half-written' }],
    ['with zeros where newlines were to come', 'a\0\0', 'a', 'bcd', { kind: 'half-written' }],
    ['with zeros elsewhere', '\0', 'a', 'b', { kind: 'other' }],
    ['with a newline where none was to come', '\nb', 'ab', 'cb', { kind: 'other' }],
    ['shorter than both', 'a', 'ab', 'ac', { kind: 'other' }],
    ['longer than both', 'axy', 'ab', 'ac', { kind: 'other' }],
    ['empty', '', 'a', 'b', { kind: 'other' }],
    [
      'the old text, though the new differs in newlines only',
      'a\n',
      'a\n',
      'a\n\n',
      { kind: 'file-is-old', length: 2 },
    ],
    [
      'the new text, though it differs in newlines only',
      'a\n\n',
      'a\n',
      'a\n\n',
      { kind: 'file-is-new', length: 3 },
    ],
  ] as const)('of a file %s', (...[, file, oldText, newText, expected]) => {
    expect(judge(file, oldText, newText)).toEqual(expected);
  });

  const text = fc.string({ unit: fc.constantFrom('a', 'b', ':', '\n'), maxLength: 12 });

  it('knows each state that a write can be stopped in, whatever the order of its blocks', () => {
    const picks = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    const state = fc.record({ was: text, is: text, picks, length: fc.nat(12) });
    const property = fc.property(state, ({ was, is, picks, length }) => {
      const longer = Math.max(was.length, is.length);
      const [before, after] = [was.padEnd(longer, '\n'), is.padEnd(longer, '\n')];
      const mixed = Array.from(before, (char, at) => (picks[at] === true ? after[at] : char)).join('');
      // Growing, any part of the growth may be there; shrinking, the file is cut or not.
      const end =
        is.length > was.length ? Math.max(was.length, length) : length % 2 === 0 ? is.length : longer;
      const file = mixed.slice(0, end);
      const verdict = judge(file, was, is);
      expect(verdict.kind).not.toBe('other');
      if (verdict.kind === 'file-is-old') expect(file.slice(0, verdict.length)).toBe(was);
      if (verdict.kind === 'file-is-new') expect(file.slice(0, verdict.length)).toBe(is);
    });
    fc.assert(property, { numRuns: rounds(2_000, 200_000) });
  });

  it('never takes for ours a file in which a byte is neither old nor new', () => {
    const property = fc.property(fc.tuple(text, text, text), fc.nat(), ([was, is, file], at) => {
      const place = at % (file.length + 1);
      const edited = `${file.slice(0, place)}x${file.slice(place)}`;
      expect(judge(edited, was, is)).toEqual({ kind: 'other' });
    });
    fc.assert(property, { numRuns: rounds(2_000, 200_000) });
  });
});
