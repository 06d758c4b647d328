import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds } from '../../testing/nightly.ts';
import type { CcsConfigEdit } from './ccs-config-edit.ts';
import { editCcsConfig } from './edit-ccs-config.ts';

const REGISTER: CcsConfigEdit = {
  op: 'register',
  name: 'new',
  settings: '~/.ccs/new.settings.json',
  target: null,
};
const UNREGISTER: CcsConfigEdit = { op: 'unregister', name: 'new' };
const OFF: CcsConfigEdit = { op: 'auto-sync', enabled: false };

function edited(text: string, edit: CcsConfigEdit): string {
  const result = editCcsConfig(text, edit);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const NEW = '  new:\n    type: api\n    settings: ~/.ccs/new.settings.json\n';

describe('registering a profile', () => {
  it.each([
    [
      'a block',
      'a: 1\nprofiles:\n  glm:\n    type: api # mine\n\n# end\nb: 2\n',
      `    type: api # mine\n${NEW}\n# end\nb: 2\n`,
    ],
    [
      'a value that is not there',
      'profiles: # none yet\n  # soon\nb: 2\n',
      `profiles: # none yet\n  # soon\n${NEW}b: 2\n`,
    ],
    ['null', 'profiles: null # none\n', `profiles: # none\n${NEW}`],
    ['an empty flow mapping', 'profiles: {}\nb: 2\n', `profiles:\n${NEW}b: 2\n`],
    ['no such key', 'a: 1\n# end\n', `a: 1\n# end\nprofiles:\n${NEW}`],
    ['an empty file', '', `profiles:\n${NEW}`],
    ['only comments', '# CCS\n', `# CCS\nprofiles:\n${NEW}`],
    ['no line break at the end', 'profiles:\n  glm:\n    type: api', `    type: api\n${NEW.trimEnd()}`],
  ])('takes %s', (_layout, before, after) => {
    const text = edited(before, REGISTER);
    expect(text.endsWith(after)).toBe(true);
  });

  it.each([
    'a: 1\nprofiles:\n    glm:\n        type: api\n    # last\nb: 2\n',
    'profiles:\r\n  glm:\r\n    type: api\r\n',
    '\ufeffprofiles:\n  glm: {type: api}\n',
    'profiles: {glm: {type: api}, x: {type: api}} # flow\nb: 2\n',
    '{"version": 13, "profiles": {"glm": {"type": "api"}}}\n',
    '---\nprofiles:\n  glm:\n    type: api\n...\n',
    'profiles:\n  glm:\n    type: api',
    'default: glm\nprofiles:\n  glm:\n    type: api\n\n\n# far end\n',
  ])('and taking it out gives the same bytes: %j', (before) => {
    const added = edited(before, REGISTER);
    expect(added).not.toBe(before);
    expect(edited(added, UNREGISTER)).toBe(before);
  });

  it('writes the target only where it is not Claude Code, and quotes a name that YAML would read otherwise', () => {
    const text = edited('profiles:\n  a: {type: api}\n', { ...REGISTER, name: 'on', target: 'droid' });
    expect(text).toContain(
      '  "on":\n    type: api\n    settings: ~/.ccs/new.settings.json\n    target: droid\n',
    );
  });

  it.each([
    ['an alias', 'x: &x {}\nprofiles: *x\n', 2],
    ['an anchor', 'a: 1\nprofiles: &x\n  glm: {type: api}\n', 2],
    ['a list', 'a: 1\nprofiles:\n  - glm\n', 3],
    ['a key that stands twice', 'profiles: {}\nprofiles: {}\n', 2],
    ['broken YAML', 'a: 1\nb: [\n', 3],
    ['several documents', 'a: 1\n---\nb: 2\n', 2],
    ['a tab', 'profiles: {\n\t"glm": {}}\nb: @\n', 2],
  ])('refuses %s, with the line', (_what, text, line) => {
    const result = editCcsConfig(text, REGISTER);
    expect(result.ok ? 'taken' : result.error.line).toBe(line);
  });
});

describe('unregistering a profile', () => {
  it('leaves an empty mapping where it was the last one', () => {
    expect(edited(`profiles:\n${NEW}# end\n`, UNREGISTER)).toBe('profiles: {}\n# end\n');
  });

  it('takes its word as the default with it', () => {
    expect(edited(`default: new\nprofiles:\n  a: {}\n${NEW}`, UNREGISTER)).toBe('profiles:\n  a: {}\n');
  });

  it('refuses a profile that a merge key brings', () => {
    const result = editCcsConfig('x: &x\n  new: {type: api}\nprofiles:\n  <<: *x\n', UNREGISTER);
    expect(result.ok).toBe(false);
  });
});

describe('renaming a profile', () => {
  it('changes its name, its path and the default, and keeps place and comments', () => {
    const text =
      'default: glm # usual\nprofiles:\n  a: {}\n  glm: # mine\n    type: api\n    settings: ~/.ccs/glm.settings.json # here\n    target: droid\n';
    expect(edited(text, { op: 'rename', name: 'glm', to: 'z.1', settings: '~/.ccs/z.1.settings.json' })).toBe(
      text.replaceAll('glm', 'z.1'),
    );
  });

  it('keeps quotes', () => {
    const text = 'profiles: {"glm": {"settings": "~/.ccs/glm.settings.json"}}\n';
    expect(edited(text, { op: 'rename', name: 'glm', to: 'z', settings: '~/.ccs/z.settings.json' })).toBe(
      text.replaceAll('glm', 'z'),
    );
  });
});

describe('the target of a profile', () => {
  const set = (text: string, target: string | null): string =>
    edited(text, { op: 'target', name: 'a', target });

  it.each([
    [
      'profiles:\n  a:\n    type: api # mine\n  b: {}\n',
      'profiles:\n  a:\n    type: api # mine\n    target: droid\n  b: {}\n',
    ],
    ['profiles:\n  a: {type: api}\n', 'profiles:\n  a: {type: api, "target": "droid"}\n'],
  ])('comes and goes: %j', (without, withTarget) => {
    expect(set(without, 'droid')).toBe(withTarget);
    expect(set(withTarget, null)).toBe(without);
    expect(set(without, null)).toBe(without);
  });

  it('changes in its place', () => {
    const text = 'profiles:\n  a:\n    target: droid # mine\n    type: api\n';
    expect(set(text, 'codex')).toBe(text.replace('droid', 'codex'));
  });
});

describe("CCS's auto-sync", () => {
  it.each([
    ['cliproxy:\n  auto_sync: true # mine\n  x: 1\n', 'cliproxy:\n  auto_sync: false # mine\n  x: 1\n'],
    ['cliproxy:\n  auto_sync: "yes"\n', 'cliproxy:\n  auto_sync: false\n'],
    ['cliproxy:\n  auto_sync:\n  x: 1\n', 'cliproxy:\n  auto_sync: false\n  x: 1\n'],
    ['cliproxy:\r\n  x: 1\r\nb: 2\r\n', 'cliproxy:\r\n  x: 1\r\n  auto_sync: false\r\nb: 2\r\n'],
    ['cliproxy: {x: 1}\n', 'cliproxy: {x: 1, "auto_sync": false}\n'],
    ['cliproxy: {}\n', 'cliproxy:\n  auto_sync: false\n'],
    ['cliproxy:\n', 'cliproxy:\n  auto_sync: false\n'],
    ['a: 1', 'a: 1\ncliproxy:\n  auto_sync: false'],
    [
      'cliproxy:\n  variants:\n    auto_sync: true\n',
      'cliproxy:\n  variants:\n    auto_sync: true\n  auto_sync: false\n',
    ],
  ])('changes the one value in %j', (before, after) => {
    expect(edited(before, OFF)).toBe(after);
    expect(edited(after, OFF)).toBe(after);
  });

  it('is refused where it is an alias', () => {
    const result = editCcsConfig('a: &a true\ncliproxy:\n  auto_sync: *a\n', OFF);
    expect(result).toMatchObject({ ok: false, error: { code: 'indirect', line: 3 } });
  });
});

/** CCS's settings as people lay them out: each block at any depth, with comments, breaks and neighbours. */
const anyConfig = fc
  .record({
    names: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9._-]{0,6}$/), { minLength: 1, maxLength: 4 }),
    depth: fc.integer({ min: 1, max: 4 }),
    comment: fc.constantFrom('', ' # mine', ' # profiles: {}'),
    between: fc.constantFrom('', '\n', '# a comment\n', '\n    # deep\n'),
    before: fc.constantFrom('', 'version: 13\n', '# CCS\n---\nx: "profiles:"\n'),
    after: fc.constantFrom(
      '',
      'cliproxy:\n  auto_sync: true\n',
      '\n# end\n',
      'z: |\n  profiles:\n    new: 1\n',
    ),
    eol: fc.constantFrom('\n', '\r\n'),
    mark: fc.constantFrom('', '\ufeff'),
    isOpenEnd: fc.boolean(),
    isFlow: fc.boolean(),
  })
  .map(({ names, depth, comment, between, before, after, eol, mark, isOpenEnd, isFlow }) => {
    const indent = ' '.repeat(depth);
    const pairs = names.map((name) => {
      const value = isFlow
        ? ` {type: api}${comment}\n`
        : `${comment}\n${indent}${indent}type: api${comment}\n`;
      return `${indent}"${name}":${value}${between}`;
    });
    const text = `${before}profiles:${comment}\n${pairs.join('')}${after}`.replaceAll('\n', eol);
    return mark + (isOpenEnd ? text.replace(/(?:\r?\n)+$/, '') : text);
  })
  .filter((text) => !text.includes('"new"'));

describe("CCS's settings in any layout", () => {
  it('get a profile and lose it again, and are the same bytes', () => {
    fc.assert(
      fc.property(anyConfig, (before) => {
        const added = edited(before, REGISTER);
        expect(edited(added, UNREGISTER)).toBe(before);
        const lines = added.split(/\r?\n/).filter((line) => /new:|new\.settings|type: api$/.test(line));
        expect(lines.length).toBeGreaterThan(1);
      }),
      { numRuns: rounds(200, 3_000) },
    );
  });

  it('change in one value when auto-sync is set, and back', () => {
    fc.assert(
      fc.property(anyConfig, (before) => {
        const off = edited(before, OFF);
        expect(off).toContain('auto_sync: false');
        if (before.includes('auto_sync: true'))
          expect(off).toBe(before.replace('auto_sync: true', 'auto_sync: false'));
        else expect(off.startsWith(before)).toBe(true);
      }),
      { numRuns: rounds(200, 3_000) },
    );
  });
});
