import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import { checkEdit } from './check-edit.ts';
import { documentOf, entriesOf, expectedValue } from './editing.test-data.ts';
import { editSection } from './edit-section.ts';
import { drawConfig, drawing, drawText, type Draw, type RandomConfig } from './random-config.test-data.ts';
import { readSection } from './read-section.ts';
import type { ModelEdit, NewEntry, SectionEdit, SectionEntry, SectionOrigin } from './section.ts';
import { validateYaml } from './validate-yaml.ts';

const numRuns = rounds(300, 10_000);

function drawEntry(draw: Draw): NewEntry {
  const models = draw.some(['n-1', 'n-2', 'x/y.z'], 0);
  return { apiKey: `sk-test-${drawText(draw)}`, prefix: drawText(draw), baseUrl: drawText(draw), models };
}

function drawModelEdits(draw: Draw, count: number): ModelEdit[] {
  const edits: ModelEdit[] = [];
  for (let index = 0; index < count; index++) {
    const op = draw.one('keep', 'remove', 'rename');
    if (op === 'remove') edits.push({ op, index });
    if (op === 'rename') edits.push({ op, index, name: drawText(draw) });
  }
  if (draw.one(true, false)) edits.push({ op: 'add', name: drawText(draw) });
  return edits;
}

function drawUpdate(draw: Draw, { index, models }: SectionEntry): SectionEdit {
  const set = {
    ...(draw.one(true, false) ? { apiKey: drawText(draw) } : {}),
    ...(draw.one(true, false) ? { prefix: drawText(draw) } : {}),
    ...(draw.one(true, false) ? { baseUrl: drawText(draw) } : {}),
  };
  return {
    op: 'update',
    index,
    set,
    models: draw.one(true, false) ? drawModelEdits(draw, models.length) : [],
  };
}

function drawEdits(draw: Draw, text: string): SectionEdit[] {
  const read = readSection(documentOf(text));
  if (!read.ok) throw new Error(read.error.code);
  const edits: SectionEdit[] = [];
  for (const entry of read.value) {
    const op = draw.one('keep', 'remove', 'update');
    if (op === 'remove') edits.push({ op, index: entry.index });
    if (op === 'update') edits.push(drawUpdate(draw, entry));
  }
  const added = draw.int(0, 2);
  for (let index = 0; index < added; index++) edits.push({ op: 'add', entry: drawEntry(draw) });
  return edits;
}

function apply(text: string, edits: readonly SectionEdit[], origin: SectionOrigin | null = null) {
  const result = editSection(documentOf(text), edits, origin);
  if (!result.ok) throw new Error(`${JSON.stringify(result.error)} in ${JSON.stringify(text)}`);
  return result.value;
}

/**
 * Blank lines or comments after an entry that goes become part of a block scalar right before it: no edit can keep
 * both as they are, so the check refuses it.
 */
function mayGrow(text: string, edits: readonly SectionEdit[]): boolean {
  return /[|>][+-]?/.test(text) && edits.some((edit) => edit.op === 'remove');
}

/** That each stretch which no edit names is in the result, in its place among the others. */
function expectForeignBytes({ stretches }: RandomConfig, edits: readonly SectionEdit[], after: string): void {
  const touched = new Set(edits.flatMap((edit) => ('index' in edit ? [edit.index] : [])));
  let at = 0;
  for (const { text, entry } of stretches) {
    if (entry !== null && touched.has(entry)) continue;
    for (const word of text.split(entry === null ? /(?:[\s,[\]]|\{\}|~|null)+/ : /\r?\n$/)) {
      const found = after.indexOf(word, at);
      expect(found, `${JSON.stringify(word)} in ${after}`).toBeGreaterThanOrEqual(at);
      at = found + word.length;
    }
  }
}

function forRandom(body: (config: RandomConfig, draw: Draw) => void): void {
  fc.assert(
    fc.property(fc.gen(), (generate) => {
      const draw = drawing(generate);
      const config = drawConfig(draw);
      expect(validateYaml(config.text), config.text).toBeNull();
      body(config, draw);
    }),
    { numRuns },
  );
}

describe('with random configurations', () => {
  it('makes random edits as promised and leaves all else as it is', () => {
    forRandom((config, draw) => {
      const { text } = config;
      const edits = drawEdits(draw, text);
      const { text: after } = apply(text, edits);
      expect(validateYaml(after), after).toBeNull();
      const refusal = checkEdit(documentOf(text), edits, after);
      fc.pre(refusal === null || !mayGrow(text, edits));
      expect(refusal, after).toBeNull();
      const found = (parse(after, { merge: true }) ?? {}) as Record<string, unknown>;
      expect({ ...found, 'claude-api-key': found['claude-api-key'] ?? [] }).toEqual(
        expectedValue(text, edits),
      );
      expectForeignBytes(config, edits, after);
    });
  });

  it('takes out again what it added, to the byte', () => {
    forRandom(({ text }, draw) => {
      const count = entriesOf(text).length;
      const added = [drawEntry(draw), drawEntry(draw)].slice(draw.int(0, 1));
      const { text: after, origin } = apply(
        text,
        added.map((entry) => ({ op: 'add', entry })),
      );
      const { text: restored } = apply(
        after,
        added.map((_entry, index) => ({ op: 'remove', index: count + index })),
        origin,
      );
      expect(restored).toBe(text);
    });
  });

  it('writes the same text when the same fields are set again', () => {
    forRandom(({ text }, draw) => {
      const read = readSection(documentOf(text));
      const entry = read.ok ? read.value[0] : undefined;
      fc.pre(entry !== undefined);
      const edit: SectionEdit = {
        op: 'update',
        index: 0,
        set: { apiKey: drawText(draw), prefix: 'p-', baseUrl: drawText(draw) },
        models: [],
      };
      const { text: once } = apply(text, [edit]);
      expect(apply(once, [edit]).text).toBe(once);
    });
  });
});
