import { describe, expect, it } from 'vitest';
import {
  addRequest,
  type ConfiguredRemote,
  emptyForm,
  formOf,
  givenKey,
  isDirty,
  isReconnecting,
  missingForTest,
  missingOf,
  readdressed,
  type TargetForm,
  testRequest,
  updateRequest,
} from './target-form.ts';

const OFFICE: ConfiguredRemote = {
  id: 'office',
  name: 'Office',
  url: 'https://office.example.test:8317',
  profiles: null,
  mode: 'auto',
  paused: false,
  certificate: 'ab'.repeat(32),
  plainHttp: false,
  keySource: 'file',
  hasKey: true,
  wasSynced: false,
};

function filled(over: Partial<TargetForm> = {}): TargetForm {
  return { ...emptyForm(), name: ' Büro ', url: 'proxy.example.test', key: 'sk-test-typed', ...over };
}

describe('setting up a server', () => {
  it('asks for what is missing, one thing at a time', () => {
    const steps: readonly Partial<TargetForm>[] = [
      { name: ' ' },
      { name: 'OFFICE' },
      { url: '' },
      { url: 'ftp://x' },
      { url: 'http://proxy.example.test' },
      { key: '' },
      { profiles: [] },
    ];
    const said = steps.map((over) => missingOf(filled(over), null, ['Office']));
    expect(said).not.toContain(null);
    expect(new Set(said).size).toBe(steps.length);
    expect(missingOf(filled(), null, ['Office'])).toBeNull();
  });

  it('needs no word for plain HTTP on this machine, and takes one for elsewhere', () => {
    expect(missingOf(filled({ url: 'http://127.0.0.1:8317' }), null, [])).toBeNull();
    expect(missingOf(filled({ url: 'http://proxy.example.test', plainHttp: true }), null, [])).toBeNull();
  });

  it('can be tested before anything is chosen for it', () => {
    expect(missingForTest(filled({ profiles: [] }), null, [])).toBeNull();
  });

  it('never takes the key of CCS, a certificate or a word to an address that is typed over', () => {
    const taken = { useCcsKey: true, certificate: 'ab'.repeat(32), plainHttp: true };
    const form = { ...filled({ ...taken, key: '' }), ...readdressed('http://other.example.test', null) };
    expect(form).toMatchObject({ useCcsKey: false, certificate: null, plainHttp: false });
    expect(givenKey(form, null)).toBeNull();
  });

  it('sends the address in full and the name without what surrounds it', () => {
    expect(addRequest(filled())).toMatchObject({ name: 'Büro', url: 'https://proxy.example.test:443' });
  });

  it('takes the key of CCS only while none is typed', () => {
    expect(givenKey(filled({ key: '', useCcsKey: true }), null)).toEqual({ kind: 'ccs' });
    expect(givenKey(filled({ useCcsKey: true }), null)).toEqual({ kind: 'typed', key: 'sk-test-typed' });
  });

  it('needs no key where a variable holds it', () => {
    expect(givenKey(filled({ key: '', keySource: 'environment' }), null)).toEqual({ kind: 'stored' });
  });
});

describe('changing a server', () => {
  it('begins with what is set up, and with nothing to lose', () => {
    const form = formOf(OFFICE);
    expect(isDirty(form, OFFICE)).toBe(false);
    expect(form.key).toBe('');
    expect(missingOf(form, OFFICE, [])).toBeNull();
    expect(testRequest(form, OFFICE)).toMatchObject({ id: 'office', key: { kind: 'stored' } });
  });

  it('sends only what is another now', () => {
    expect(updateRequest({ ...formOf(OFFICE), mode: 'manual' }, OFFICE)).toEqual({
      id: 'office',
      mode: 'manual',
    });
    expect(updateRequest({ ...formOf(OFFICE), key: 'sk-test-new' }, OFFICE)).toEqual({
      id: 'office',
      key: { kind: 'typed', key: 'sk-test-new' },
    });
  });

  it.each<[string, Partial<TargetForm>]>([
    ['address', { url: 'https://other.example.test' }],
    ['place', { keySource: 'keyring' }],
  ])('never carries the kept key to another %s', (_what, over) => {
    const form = { ...formOf(OFFICE), ...over };
    expect(givenKey(form, OFFICE)).toBeNull();
    expect(missingOf(form, OFFICE, [])).not.toBeNull();
    expect(updateRequest({ ...form, key: 'sk-test-new' }, OFFICE)).toMatchObject({
      ...over,
      ...(over.url === undefined ? {} : { url: 'https://other.example.test:443' }),
      key: { kind: 'typed', key: 'sk-test-new' },
    });
  });

  it('keeps the key where the same address is written otherwise', () => {
    const form = { ...formOf(OFFICE), url: 'office.example.test:8317/' };
    expect(givenKey(form, OFFICE)).toEqual({ kind: 'stored' });
    expect(updateRequest(form, OFFICE)).toEqual({ id: 'office' });
  });

  it('is as it was once the address is typed back', () => {
    const away = { ...formOf(OFFICE), ...readdressed('https://office.example.test:831', OFFICE) };
    expect(away.certificate).toBeNull();
    const back = { ...away, ...readdressed(OFFICE.url, OFFICE) };
    expect(isDirty(back, OFFICE)).toBe(false);
  });

  it('asks the server at once only where it is reached otherwise now', () => {
    const changeOf = (over: Partial<TargetForm>) => updateRequest({ ...formOf(OFFICE), ...over }, OFFICE);
    expect(isReconnecting(changeOf({ name: 'Home', mode: 'manual', profiles: ['glm'] }))).toBe(false);
    for (const over of [{ key: 'sk-test-new' }, { certificate: null }, { keySource: 'environment' as const }])
      expect(isReconnecting(changeOf(over))).toBe(true);
  });
});

describe('another address', () => {
  const synced: ConfiguredRemote = { ...OFFICE, wasSynced: true };
  const moved = (over: Partial<TargetForm> = {}): TargetForm => ({
    ...formOf(synced),
    url: 'next.example.test:8317',
    key: 'sk-test-typed',
    ...over,
  });

  it('needs a word on the entries at the one before, where there are any', () => {
    expect(missingOf(moved(), OFFICE, [])).toBeNull();
    expect(missingOf(moved(), synced, [])).toBe('Say what becomes of our entries at the old address first');
    expect(missingOf(moved({ entries: 'keep' }), synced, [])).toBeNull();
    expect(missingForTest(moved(), synced, [])).toBeNull();
  });

  it('takes that word along, and drops it where the address is the one before again', () => {
    expect(updateRequest(moved({ entries: 'move' }), synced)).toMatchObject({ entries: 'move' });
    const back = moved({ entries: 'move', url: synced.url });
    expect(missingOf(back, synced, [])).toBeNull();
    expect(updateRequest(back, synced)).not.toHaveProperty('entries');
  });
});
