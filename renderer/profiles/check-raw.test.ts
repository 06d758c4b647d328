import { describe, expect, it } from 'vitest';
import { checkRaw, spanOfLine, textForField, textForFile } from './check-raw.ts';

describe('the text of a settings file', () => {
  it('is right where it is a JSON object', () => {
    expect(checkRaw('{ "env": { "ANTHROPIC_AUTH_TOKEN": "‹kept …3f9a›" } }\n')).toBeNull();
  });

  it('is told to be empty', () => {
    expect(checkRaw(' \n')).toEqual({ code: 'empty' });
  });

  it.each([
    ['{\n  "env": {\n    "A": "1",\n  }\n}', 4],
    ['{\n  "env" {}\n}', 2],
    ['{ "env": {}\n', 2],
  ])('is told with the line where it breaks', (text, line) => {
    expect(checkRaw(text)).toEqual({ code: 'not-json', line });
  });

  it.each(['[]', 'null', '"text"', '1'])('is told to be no object: %s', (text) => {
    expect(checkRaw(text)).toEqual({ code: 'not-object' });
  });

  it('keeps the line ends of its file', () => {
    const raw = '{\r\n  "a": 1\r\n}\r\n';
    expect(textForFile(textForField(raw), raw)).toBe(raw);
    expect(textForFile('{\n}\n', '{}\n')).toBe('{\n}\n');
  });

  it('says where a line stands', () => {
    const text = 'one\ntwo\nthree';
    const lineAt = (line: number): string => {
      const { start, end } = spanOfLine(text, line);
      return text.slice(start, end);
    };
    expect([1, 2, 3].map(lineAt)).toEqual(['one', 'two', 'three']);
  });
});
