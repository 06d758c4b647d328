import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { CHANGE, engineHome, envOf, filesBelow, must } from '../../testing/engine-home.ts';
import { startFaultyRemote } from '../../testing/faulty-remote.ts';
import type { RemoteTrouble } from '../../testing/remote-fault-script.ts';

const KEY = 'sk-test-canary-management';
const TO_OFFICE = { target: 'office', verify: true } as const;

it('puts the management key into one file of ours that nobody else can read, and into no answer', async () => {
  const remote = await startFaultyRemote({ key: KEY, entries: [{ 'api-key': 'sk-test-canary-own' }] });
  const home = engineHome();
  home.profile('glm', envOf('glm'));
  const answers: unknown[] = [];
  const key = { kind: 'typed', key: KEY } as const;
  const rest = { keySource: 'file', profiles: null, mode: 'auto', certificate: null } as const;
  answers.push(
    await home.core.addTarget({ name: 'office', url: remote.url, key, ...rest, plainHttp: false }),
  );
  answers.push(await home.core.targets());
  answers.push(await home.sync({ ...TO_OFFICE, accepted: true }));
  answers.push(await home.core.status('office'), await home.core.history('office'));
  const troubles: readonly RemoteTrouble[] = [
    { kind: 'status', status: 500 },
    { kind: 'garbage', body: `{"claude-api-key": "${KEY} sk-test-canary-own"` },
    { kind: 'redirect' },
    { kind: 'half' },
    { kind: 'wrong-key' },
  ];
  for (const trouble of troubles) {
    await remote.setFault(trouble);
    answers.push(await home.trySync(TO_OFFICE));
  }
  await remote.setFault(null);
  answers.push(await home.core.undo(null, { ...CHANGE, target: 'office' }));
  expect(answers).toHaveLength(11);
  expect(JSON.stringify(answers)).not.toContain('canary');
  // A redirect would carry the key away.
  expect(JSON.stringify(remote.elsewhere)).not.toContain('canary');

  const holding = filesBelow(home.stateFolder, '').filter((path) => readFileSync(path, 'utf8').includes(KEY));
  expect(holding.map((path) => relative(home.stateFolder, path).split('/').at(-1))).toEqual(['keys.json']);
  for (const path of holding) expect(statSync(path).mode & 0o077).toBe(0);
  must(await home.core.removeTarget({ id: 'office', entries: 'keep' }));
  const left = filesBelow(home.stateFolder, '').filter((path) =>
    readFileSync(path, 'utf8').includes('canary'),
  );
  expect(left).toEqual([]);
});
