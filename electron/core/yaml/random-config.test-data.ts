import fc from 'fast-check';

/** Draws random values; fast-check shrinks what was drawn. */
export interface Draw {
  readonly one: <T>(...choices: readonly T[]) => T;
  readonly int: (min: number, max: number) => number;
  /** Some of the items, at least so many, in any order. */
  readonly some: <T>(items: readonly T[], minLength: number) => T[];
}

/** Draws from what `fc.gen()` gives. */
export function drawing(generate: fc.GeneratorValue): Draw {
  return {
    one: <T>(...choices: readonly T[]) => generate(fc.constantFrom<T[]>, ...choices),
    int: (min, max) => generate(fc.integer, { min, max }),
    some: <T>(items: readonly T[], minLength: number) =>
      generate(fc.shuffledSubarray<T>, [...items], { minLength }),
  };
}

export interface RandomConfig {
  readonly text: string;
  /** Stretches that no edit may touch, in file order, each with the entry it is or `null` for foreign text. */
  readonly stretches: readonly { readonly text: string; readonly entry: number | null }[];
}

const FOREIGN = [
  'port: 8317\n',
  '# a comment: with [signs] {and} "quotes"\n',
  '\n',
  '\n\n  # indented comment\n\n',
  'host: ""\n',
  'tls: {enable: false, "cert": \'\'} # eol\n',
  'remote-management:\n  # inside\n  secret-key: "ccs"\n\n  allow-remote: true\n',
  'api-keys:\n- "one"\n- two # second\n',
  'api-keys: [\n  "one",\n  two ]\n',
  'note: |\n  claude-api-key:\n    - api-key: no\n\n  # no comment\n',
  'kept: |+\n  text\n\n\n',
  'folded: >-\n  some\n  text\n',
  'plain: some words\n  claude-api-key\n  and more\n',
  'quoted: "a\n  claude-api-key: []\n  b"\n',
  'nested:\n  claude-api-key:\n  - api-key: x\n  more: {claude-api-key: [1, 2]}\n',
  'anchored: &x\n  a: 1\nalias: *x\nmerged:\n  <<: *x\n  b: 2\n',
  'nothing:\n',
  'tagged: !!str 12\n',
  'codex-api-key:\n  - api-key: "k"\n    models:\n      - name: "gpt"\n        alias: ""\n',
];

const WORDS = [
  'glm',
  'sk-test-1',
  'a b',
  'x#y',
  "it's",
  'say "hi"',
  'a: b',
  ' lead',
  '#c',
  '- d',
  'ü€',
  '😀',
  'tab\there',
  'back\\slash',
  'null',
  '12',
  '1e5',
  'true',
  '{x}',
  '[y]',
  '*z',
  '&w',
  '!t',
  '%p',
  '@a',
  '`b',
  'a,b',
  '',
  'x'.repeat(90),
];

export function drawText(draw: Draw): string {
  return draw.one(...WORDS) + draw.one('', '', '-7', '/v1', ' z');
}

/** A scalar on one line, quoted where a plain one would read otherwise. */
function drawScalar(draw: Draw, text: string): string {
  const isPlain =
    /^[a-z](?:[\w/-]|\w [a-z])*$/.test(text) && !/^(?:null|true|false|yes|no|on|off|y|n)$/.test(text);
  const style = draw.one('plain', 'single', 'double');
  if (style === 'plain' && isPlain) return text;
  return style === 'single' ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}

/** A scalar for a block mapping whose keys stand in `column`; may take several lines. */
function drawBlockScalar(draw: Draw, text: string, column: number): string {
  const style = draw.one('line', 'line', 'line', 'literal', 'folded', 'split');
  const inner = `\n${' '.repeat(column + draw.int(1, 4))}`;
  const isSimple = /^[\w#-][\w #:,-]*\w$/.test(text);
  if (style === 'literal' && isSimple) return `|${draw.one('-', '', '+')}${inner}${text}`;
  if (style === 'folded' && isSimple) return `>- # note${inner}${text}`;
  if (style === 'split' && isSimple) return `"${text.slice(0, 1)}\\${inner}${text.slice(1)}"`;
  return drawScalar(draw, text) + draw.one('', '', ' # eol', '   ');
}

function drawModels(draw: Draw, column: number): string {
  const names = Array.from({ length: draw.int(0, 3) }, () => draw.one('m-1', 'm-2', 'openai/m', 'm.3', '7'));
  const kind = draw.one('block', 'block', 'flow', 'lines');
  if (names.length === 0)
    return draw.one('', ' []', ' ~', ' [ ]', ' # none', ` [ # c\n${' '.repeat(column + 2)}]`);
  const flow = names.map((name) =>
    draw.one(
      `{name: "${name}"}`,
      `{"name":"${name}","alias":""}`,
      `{ alias: 'x', name: "${name}", thinking: {a: [1]} }`,
    ),
  );
  if (kind === 'flow') return ` [${flow.join(', ')}${draw.one('', ',', ' ')}]`;
  const deep = ' '.repeat(column + draw.int(1, 3));
  if (kind === 'lines')
    return ` [\n${deep}${flow.join(`, # c\n${deep}`)}${draw.one('', ' # end', ', # end')}\n${deep}]`;
  const dash = ' '.repeat(column + draw.int(0, 4));
  const items = names.map((name) => {
    const more = draw.one('', `\n${dash}  alias: ''`, `\n${dash}  # inside\n${dash}  force-mapping: true`);
    return draw.one(
      `- name: ${drawScalar(draw, name)}${more}`,
      `- {name: "${name}"}`,
      `-\n${dash}    name: "${name}"`,
    );
  });
  return `\n${dash}${items.join(`\n${draw.one('', `${dash}# between\n`, '\n')}${dash}`)}`;
}

function drawFields(draw: Draw): string[] {
  const fields = ['api-key', 'prefix', 'base-url', 'proxy-url', 'models', 'headers', 'priority', 'cloak'];
  return draw.some(fields, 1);
}

/** A block mapping whose keys stand in `column`, the first without its indentation. */
function drawBlockEntry(draw: Draw, column: number): string {
  const pad = ' '.repeat(column);
  const lines = drawFields(draw).map((name) => {
    const key = draw.one(name, name, `"${name}"`, `'${name}'`);
    return `${key}:${drawBlockValue(draw, name, column)}`;
  });
  const joined = lines.map((line, index) =>
    index === 0 ? line : draw.one('', '', `${pad}# inside\n`, '\n') + pad + line,
  );
  return `${joined.join('\n')}\n`;
}

function drawBlockValue(draw: Draw, name: string, column: number): string {
  if (name === 'models') return drawModels(draw, column);
  if (name === 'headers') return draw.one(`\n${' '.repeat(column + 2)}X-A: "1"`, ' {X-A: b}', ' {}');
  if (name === 'priority') return ' 5 # five';
  return draw.one(true, true, true, false)
    ? ` ${drawBlockScalar(draw, drawText(draw), column)}`
    : draw.one('', ' ~', ' null # n');
}

function drawFlowEntry(draw: Draw, pad: string): string {
  const gap = draw.one('', ' ', `\n${pad}`, ` # c\n${pad}`);
  const colon = draw.one(': ', ':');
  const pairs = drawFields(draw).map((name) => {
    const value =
      name === 'models'
        ? draw.one('[]', '[{name: "f"}]', '[ {"name":"f"}, {name: "g", alias: \'\'}, ]')
        : name === 'headers'
          ? '{X-A: b}'
          : name === 'priority'
            ? '5'
            : drawScalar(draw, drawText(draw));
    return colon === ':' ? `"${name}":${value}` : `${draw.one(name, `"${name}"`)}: ${value}`;
  });
  return `{${gap}${pairs.join(`,${gap === '' ? ' ' : gap}`)}${draw.one('', '', ',')}${gap}}`;
}

/** A configuration of random foreign parts around a section in a random layout. */
export function drawConfig(draw: Draw): RandomConfig {
  const stretches: { text: string; entry: number | null }[] = [];
  const foreign = (text: string): unknown => stretches.push({ text, entry: null });
  const chosen = draw.some(FOREIGN, 0);
  const names = new Set<string>();
  const unique = chosen.filter((part) => {
    const keys = [...part.matchAll(/^[a-z-]+(?=:)/gm)].map(([key]) => key);
    if (keys.some((key) => names.has(key))) return false;
    for (const key of keys) names.add(key);
    return true;
  });
  const at = draw.int(0, unique.length);
  foreign(draw.one('', '', '', '\uFEFF', '---\n', '%YAML 1.2\n--- # start\n', '# top\n'));
  for (const part of unique.slice(0, at)) foreign(part);
  drawSection(draw, foreign, (text, entry) => stretches.push({ text, entry }));
  const rest = unique.slice(at);
  // A comment right below a list is the list's where it is indented; a key in between makes it foreign.
  for (const part of rest) foreign(part);
  if (draw.one(false, false, false, true)) foreign('...\n# after\n');
  let result = stretches;
  if (draw.one(false, false, true))
    result = result.map(({ text, entry }) => ({ text: text.replaceAll('\n', '\r\n'), entry }));
  let text = result.map((part) => part.text).join('');
  if (draw.one(false, false, true)) text = text.replace(/\r?\n$/, '');
  return { text, stretches: result };
}

function drawSection(
  draw: Draw,
  foreign: (text: string) => unknown,
  entry: (text: string, index: number) => unknown,
): void {
  const layout = draw.one('none', 'empty', 'block', 'block', 'block', 'flow', 'flow lines');
  if (layout === 'none') return;
  const key = draw.one('claude-api-key', 'claude-api-key', '"claude-api-key"', "'claude-api-key'");
  const count = draw.int(1, 4);
  if (layout === 'empty') {
    const value = draw.one(
      '',
      ' ',
      ' []',
      ' [ ]',
      ' ~',
      ' null # none',
      ' # none',
      '\n  []',
      ' # c\n  [ # d\n  ]',
      ' [\n]',
    );
    foreign(`${key}:${value}\n`);
  } else if (layout === 'block') {
    const column = draw.one(0, 0, 1, 2, 2, 4, 8);
    const pad = ' '.repeat(column);
    foreign(`${key}:${draw.one('', ' ', ' # eol')}\n`);
    for (let index = 0; index < count; index++) {
      foreign(draw.one('', '', '', `${pad}# above\n`, '\n', '# far left\n'));
      const gap = draw.int(1, 4);
      const inner = column + 1 + gap;
      const kind = draw.one('compact', 'compact', 'compact', 'below', 'flow');
      const dash = `${pad}-`;
      if (kind === 'flow')
        entry(`${dash} ${drawFlowEntry(draw, `${pad}   `)}${draw.one('', ' # eol')}\n`, index);
      else if (kind === 'compact') entry(`${dash}${' '.repeat(gap)}${drawBlockEntry(draw, inner)}`, index);
      else
        entry(`${dash}${draw.one('', ' # dash')}\n${' '.repeat(inner)}${drawBlockEntry(draw, inner)}`, index);
    }
    foreign(draw.one('', '', `${pad} # end\n`, '\n'));
  } else if (layout === 'flow') {
    foreign(`${key}: [${draw.one('', ' ')}`);
    for (let index = 0; index < count; index++) {
      entry(drawFlowEntry(draw, '   '), index);
      if (index < count - 1) foreign(draw.one(',', ', ', ' , '));
    }
    foreign(`${draw.one('', ' ', ',', ', ')}]${draw.one('', ' # eol')}\n`);
  } else {
    foreign(`${key}: [${draw.one('', ' # c')}\n`);
    for (let index = 0; index < count; index++) {
      foreign(draw.one('', '', '    # above\n'));
      foreign('    ');
      entry(drawFlowEntry(draw, '      '), index);
      foreign(index < count - 1 ? ',' : draw.one('', ','));
      entry(`${draw.one('', ' # eol')}\n`, index);
    }
    foreign('  ]\n');
  }
}
