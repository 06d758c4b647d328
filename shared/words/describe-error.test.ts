import { describe, expect, it } from 'vitest';
import type { AppError, YamlRefusal } from '../errors.ts';
import type { Profile } from '../schema/profile.ts';
import { describeError } from './describe-error.ts';
import { describeReason } from './describe-reason.ts';
import { describeRefusal } from './describe-refusal.ts';
import { clauseFaults, sentenceFaults, textFaults } from './testing/text-faults.ts';

const PATH = '/home/ana/.ccs/cliproxy/config.yaml';

const refusal = (code: YamlRefusal['code'], detail = ''): YamlRefusal => ({
  code,
  line: 41,
  column: 3,
  detail,
});

const refusals: Readonly<Record<YamlRefusal['code'], readonly string[]>> = {
  'invalid-yaml': [
    'BAD_INDENT',
    'TAB_AS_INDENT',
    'MISSING_CHAR',
    'UNEXPECTED_TOKEN',
    'TOO_DEEP',
    'KEY_OVER_1024_CHARS',
  ],
  'duplicate-key': ['port', ''],
  'several-documents': [''],
  'root-not-mapping': [''],
  'section-not-list': ['map', 'scalar'],
  indirect: [
    'anchor',
    'tag',
    'merge-key',
    'explicit-key',
    'no-colon',
    'not-a-mapping',
    'single-pair',
    'tab',
    'layout',
  ],
  'control-character': ['U+0000'],
  'check-failed': ['entry-count'],
};
const allRefusals = Object.entries(refusals).flatMap(([code, details]) =>
  details.map((detail) => refusal(code as YamlRefusal['code'], detail)),
);

const newer: Profile = {
  name: 'glm',
  path: PATH,
  registered: true,
  target: 'claude',
  version: '0',
  fields: null,
  raw: null,
  fault: null,
};

const errors: { readonly [Code in AppError['code']]: readonly Extract<AppError, { readonly code: Code }>[] } =
  {
    'no-home': [{ code: 'no-home' }],
    'ccs-directory-missing': [{ code: 'ccs-directory-missing', path: PATH }],
    'ccs-directory-unreadable': [{ code: 'ccs-directory-unreadable', path: PATH, reason: 'EACCES' }],
    'registry-unreadable': [
      { code: 'registry-unreadable', path: PATH, line: 41, reason: 'BAD_INDENT' },
      { code: 'registry-unreadable', path: PATH, line: null, reason: 'profiles-not-a-mapping' },
    ],
    'target-missing': [
      { code: 'target-missing', path: PATH, ccsInstalled: true },
      { code: 'target-missing', path: PATH, ccsInstalled: false },
    ],
    'target-unreadable': [{ code: 'target-unreadable', path: PATH, reason: 'ELOOP' }],
    'target-not-utf8': [{ code: 'target-not-utf8', path: PATH, line: 41 }],
    'target-refused': allRefusals.map((one) => ({ code: 'target-refused', path: PATH, refusal: one })),
    'target-unwritable': [{ code: 'target-unwritable', path: PATH, reason: 'EROFS' }],
    'target-keeps-changing': [{ code: 'target-keeps-changing', path: PATH }],
    'target-exists': [{ code: 'target-exists', path: PATH }],
    'ccs-creates-target': [{ code: 'ccs-creates-target', path: PATH }],
    'disk-full': [{ code: 'disk-full', path: PATH }],
    locked: [
      { code: 'locked', path: PATH, pid: 4321, host: 'desk' },
      { code: 'locked', path: PATH, pid: 0, host: '' },
    ],
    'journal-conflict': [{ code: 'journal-conflict', path: PATH, journal: '/state/journal' }],
    'state-unusable': [
      { code: 'state-unusable', path: PATH, reason: 'EACCES' },
      { code: 'state-unusable', path: PATH, reason: 'writable-by-others' },
      { code: 'state-unusable', path: PATH, reason: 'not-as-written' },
    ],
    'unknown-profile': [{ code: 'unknown-profile', name: 'glm' }],
    'unknown-target': [{ code: 'unknown-target', name: 'office' }],
    'remote-fault': [{ code: 'remote-fault', target: 'Office', fault: { code: 'wrong-key' } }],
    'target-name-taken': [{ code: 'target-name-taken', name: 'Office' }],
    'target-url-taken': [{ code: 'target-url-taken', name: 'Office' }],
    'target-value-invalid': (['name', 'url', 'key', 'key-source'] as const).map((field) => ({
      code: 'target-value-invalid',
      field,
    })),
    'unknown-record': [{ code: 'unknown-record', id: '7' }],
    'unknown-model': [{ code: 'unknown-model', id: '7' }],
    'service-runs': [
      { code: 'service-runs', pid: 4321, host: 'watch' },
      { code: 'service-runs', pid: 4321, host: '' },
    ],
    'service-other-version': [{ code: 'service-other-version', pid: 4321, version: '0.2.0' }],
    'service-gone': [{ code: 'service-gone' }],
    'service-failed': [{ code: 'service-failed', method: 'sync.run' }],
    'service-busy': [{ code: 'service-busy' }],
    'unknown-method': [{ code: 'unknown-method', method: 'sync.all' }],
    'bad-input': [
      { code: 'bad-input', method: 'sync.run', problems: ['only.0', 'dryRun'] },
      { code: 'bad-input', method: 'sync.run', problems: [] },
    ],
    'signed-out': [{ code: 'signed-out' }],
    'request-refused': [{ code: 'request-refused', part: 'host' }],
    'not-offered': [{ code: 'not-offered', method: 'profiles.copyKey' }],
    'cannot-listen': [{ code: 'cannot-listen', address: '127.0.0.1:8000', reason: 'EADDRINUSE' }],
    'profile-name-invalid': (['form', 'too-long', 'reserved'] as const).map((why) => ({
      code: 'profile-name-invalid',
      name: 'a b',
      why,
    })),
    'profile-exists': [{ code: 'profile-exists', name: 'glm' }],
    'profile-changed-since': [{ code: 'profile-changed-since', name: 'glm', newer }],
    'profile-unreadable': [
      { code: 'profile-unreadable', path: PATH, detail: 'not-json', line: 4 },
      { code: 'profile-unreadable', path: PATH, detail: 'not-found', line: null },
    ],
    'profile-unwritable': [{ code: 'profile-unwritable', path: PATH, reason: 'EROFS' }],
    'profile-not-alone': [
      { code: 'profile-not-alone', name: 'glm', path: PATH, other: null },
      { code: 'profile-not-alone', name: 'glm', path: PATH, other: 'glm2' },
    ],
    'profile-value-invalid': (['base-url', 'model', 'key', 'secret'] as const).map((field) => ({
      code: 'profile-value-invalid',
      field,
    })),
    'profile-without-key': [{ code: 'profile-without-key', name: 'glm' }],
    'raw-invalid': [
      { code: 'raw-invalid', detail: 'not-json', line: 4 },
      { code: 'raw-invalid', detail: 'env-not-object', line: null },
    ],
    'marker-changed': [
      { code: 'marker-changed', line: 4 },
      { code: 'marker-changed', line: null },
    ],
    'unknown-preset': [{ code: 'unknown-preset', name: 'nowhere' }],
    'preset-incomplete': [
      { code: 'preset-incomplete', preset: 'glm', missing: 'key' },
      { code: 'preset-incomplete', preset: 'foundry', missing: 'resource' },
    ],
    'unknown-deleted': [{ code: 'unknown-deleted', id: 'x' }],
    'ccs-config-locked': [{ code: 'ccs-config-locked', path: PATH, pid: 4321 }],
    'ccs-config-refused': allRefusals.map((one) => ({
      code: 'ccs-config-refused',
      path: PATH,
      refusal: one,
    })),
    'ccs-config-unusable': [{ code: 'ccs-config-unusable', path: PATH, reason: 'EACCES' }],
    'ccs-config-old': [{ code: 'ccs-config-old', path: PATH }],
    'nothing-to-undo': [{ code: 'nothing-to-undo' }],
    'record-without-bytes': [{ code: 'record-without-bytes', id: '7' }],
  };
const allErrors = Object.values<readonly AppError[]>(errors).flat();

describe('the words of an error', () => {
  it.each(allErrors)('say for $code what happened, then what to do', (error) => {
    const { what, next } = describeError(error);
    expect([...clauseFaults(what), ...sentenceFaults(next)]).toEqual([]);
  });

  it.each(allErrors.filter((error) => 'path' in error && !(error.code === 'locked' && error.pid === 0)))(
    'name the file of $code',
    (error) => {
      const { what, next } = describeError(error);
      expect(what + next).toContain(PATH);
    },
  );

  it('give the place of a fault as path:line', () => {
    const error: AppError = { code: 'target-refused', path: PATH, refusal: refusal('duplicate-key', 'port') };
    expect(describeError(error).what).toBe(`${PATH}:41: "port" is there twice`);
    expect(describeError({ code: 'target-not-utf8', path: PATH, line: 41 }).what).toContain(`${PATH}:41`);
  });

  it('name the way that fits first where there is no configuration', () => {
    const next = (ccsInstalled: boolean): string =>
      describeError({ code: 'target-missing', path: PATH, ccsInstalled }).next;
    const isCcsFirst = (text: string): boolean =>
      text.indexOf('`ccs') < text.indexOf('`cliproxy-sync sync --create`');
    expect([true, false].map((installed) => isCcsFirst(next(installed)))).toEqual([true, false]);
    expect(next(false)).toContain('`ccs`');
    expect(next(true)).toContain('`cliproxy-sync sync --create`');
  });

  it('say who holds the lock', () => {
    const { what } = describeError({ code: 'locked', path: PATH, pid: 4321, host: 'desk' });
    expect(what).toContain('4321');
    expect(what).toContain('desk');
    expect(describeError({ code: 'locked', path: PATH, pid: 0, host: '' }).what).not.toContain('0');
  });

  it('tell how to look at both sides of a conflict, with paths that a shell takes', () => {
    const error: AppError = {
      code: 'journal-conflict',
      path: "/home/it's me/config.yaml",
      journal: '/state/journal',
    };
    expect(describeError(error).next).toContain(`\`less '/home/it'\\''s me/config.yaml' /state/journal\``);
  });
});

describe('the words of a refusal', () => {
  it.each(allRefusals)('say the line and the problem of $code $detail', (one) => {
    const text = describeRefusal(one);
    expect(clauseFaults(text)).toEqual([]);
    expect(text).toMatch(/^line 41: \w|^line 41: "/);
  });

  it('differ for each code', () => {
    const texts = Object.keys(refusals).map((code) =>
      describeRefusal(refusal(code as YamlRefusal['code'], 'x')),
    );
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('tell common faults of YAML in words and name the code of the others', () => {
    expect(describeRefusal(refusal('invalid-yaml', 'TAB_AS_INDENT'))).toContain('a tab is used');
    expect(describeRefusal(refusal('invalid-yaml', 'KEY_OVER_1024_CHARS'))).toContain('KEY_OVER_1024_CHARS');
  });
});

describe('the words of a reason', () => {
  it.each([
    ...[
      'EACCES',
      'EPERM',
      'ENOENT',
      'ENOTDIR',
      'EISDIR',
      'ELOOP',
      'EIO',
      'EROFS',
      'ENOSPC',
      'EDQUOT',
      'EMFILE',
      'ENFILE',
    ],
    ...[
      'EBUSY',
      'ETXTBSY',
      'ENAMETOOLONG',
      'EFBIG',
      'ESTALE',
      'ETIMEDOUT',
      'not-found',
      'no-permission',
      'io',
    ],
    ...[
      'not-a-file',
      'too-large',
      'writable-by-others',
      'not-as-written',
      'empty',
      'not-utf8',
      'not-json',
      'not-a-mapping',
    ],
    ...['profiles-not-a-mapping', 'BAD_ALIAS', 'DUPLICATE_KEY', 'BAD_INDENT', 'TOO_DEEP'],
  ])('replace the code %s', (code) => {
    const words = describeReason(code);
    expect(textFaults(words)).toEqual([]);

    expect(words).not.toMatch(/^error /);
  });

  it('name a code that has none', () => {
    expect(describeReason('EWHATEVER')).toBe('error EWHATEVER');
    expect(describeReason('constructor')).toBe('error constructor');
  });
});
