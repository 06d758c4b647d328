import { readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfiguredTargets, RemoteTarget, TargetTest } from '../../shared/schema/remote.ts';
import { ccsSettings, type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf, filesBelow } from '../testing/engine-home.ts';
import { type FaultyRemote } from '../testing/open-faulty-remote.ts';
import { startFaultyRemote } from '../testing/faulty-remote.ts';
import { pipedCli as piped } from '../testing/run-cli.ts';
import { needsTerminal, runInTerminal } from '../testing/run-in-terminal.ts';
import { ErrorEnvelope, RemovedTarget, ReportEnvelope, StatusReports, SyncReports } from './json-envelope.ts';

const KEY = 'sk-test-canary-management-0123';

async function homeWith(remote: FaultyRemote, words: readonly string[] = []): Promise<CliHome> {
  const home = await cliHome(['glm']);
  const { code, stderr } = await piped(home, ['targets', 'add', 'Office', remote.url, ...words], `${KEY}\n`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return home;
}

const prefixes = (remote: FaultyRemote): unknown[] => remote.entries().map((entry) => entry['prefix']);

describe('targets', () => {
  it('adds, lists, tests, pauses, resumes and removes a server', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    const said: string[] = [];
    const run = async (words: readonly string[]): Promise<unknown> => {
      const { stdout } = await home.run([...words, '--json']);
      said.push(stdout);
      return ReportEnvelope.parse(JSON.parse(stdout)).report;
    };
    expect(ConfiguredTargets.parse(await run(['targets', 'list']))).toEqual({
      local: { url: `http://127.0.0.1:${home.port}`, known: 'off', keptFor: null },
      remotes: [expect.objectContaining({ id: 'office', url: remote.url, hasKey: true, keySource: 'file' })],
      suggestion: null,
      keyring: false,
    });
    expect(TargetTest.parse(await run(['targets', 'test', 'OFFICE']))).toMatchObject({
      fault: null,
      entries: 0,
    });
    expect(RemoteTarget.parse(await run(['targets', 'pause', 'office']))).toMatchObject({ paused: true });
    expect(RemoteTarget.parse(await run(['targets', 'resume', 'office']))).toMatchObject({ paused: false });
    expect(RemoteTarget.parse(await run(['targets', 'change', 'office', '--profiles', 'glm']))).toMatchObject(
      {
        profiles: ['glm'],
      },
    );
    expect(
      RemovedTarget.parse(await run(['targets', 'remove', 'office', '--keep-entries', '--yes'])),
    ).toEqual({
      removed: 'office',
    });
    const list = await home.run(['targets']);
    expect(list.stdout).toContain('No server is set up');
    expect(said.join('') + list.stdout).not.toContain('canary');
    const kept = filesBelow(home.stateFolder, '').map((path) => readFileSync(path, 'utf8'));
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.filter((text) => text.includes(KEY))).toEqual([]);
  });

  it('never takes a key as an argument, and does not repeat it', async () => {
    const home = await cliHome([]);
    for (const words of [
      ['targets', 'add', 'Office', 'https://proxy.test', KEY],
      ['targets', 'add', 'Office', 'https://proxy.test', '--key', KEY],
      ['targets', 'add', 'Office', 'https://proxy.test', `--key=${KEY}`],
      ['targets', KEY],
    ]) {
      const { code, stdout, stderr } = await home.run(words);
      expect(code).toBe(2);
      expect(stdout + stderr).not.toContain('canary');
    }
  });

  it('saves nothing where the server refuses, and sends the key once', async () => {
    const remote = await startFaultyRemote({ key: 'sk-test-another-0123456789' });
    const home = await cliHome([]);
    const run = await piped(home, ['targets', 'add', 'Office', remote.url, '--json'], KEY);
    expect(run.code).toBe(3);
    expect(ErrorEnvelope.parse(JSON.parse(run.stdout)).error).toMatchObject({
      code: 'remote-fault',
      target: 'Office',
      fault: { code: 'wrong-key' },
    });
    expect(remote.withKey()).toBe(1);
    expect((await home.report<ConfiguredTargets>(['targets'])).remotes).toEqual([]);
  });

  it('tells the option that trusts a certificate, and sends nothing before', async () => {
    const remote = await startFaultyRemote({ key: KEY, tls: 'first' });
    const home = await cliHome([]);
    const add = ['targets', 'add', 'Office', remote.url];
    const refused = await piped(home, add, KEY);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain(`--pin ${remote.fingerprint}`);
    expect(remote.withKey()).toBe(0);
    expect(await piped(home, [...add, '--pin', String(remote.fingerprint)], KEY)).toMatchObject({ code: 0 });
    remote.setCertificate('second');
    const changed = await home.run(['targets', 'test', 'office']);
    expect(changed.stdout).toContain('another certificate');
  });

  it('asks about plain HTTP to another machine before anything is sent', async () => {
    const home = await cliHome([]);
    const { code, stderr } = await piped(home, ['targets', 'add', 'Office', 'http://proxy.test'], KEY);
    expect(code).toBe(3);
    expect(stderr).toContain('--plain-http');
  });

  it('offers the server that CCS’s settings name, and takes their key for it', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await cliHome(['glm']);
    const { hostname, port } = new URL(remote.url);
    const server = `  remote:\n    host: ${hostname}\n    port: ${port}\n    management_key: ${KEY}\n`;
    home.write('config.yaml', ccsSettings(['glm'], home.port) + server);
    const offer = await home.run(['targets']);
    expect(offer.stdout).toContain(`\`cliproxy-sync targets add NAME ${remote.url} --key-from-ccs\``);
    expect(remote.requests).toEqual([]);
    const added = await home.run(['targets', 'add', 'Office', remote.url, '--key-from-ccs']);
    expect(added).toMatchObject({ code: 0, stderr: '' });
    const list = await home.report<ConfiguredTargets>(['targets']);
    expect(list).toMatchObject({
      remotes: [{ name: 'Office', keySource: 'file', hasKey: true }],
      suggestion: null,
    });
    expect((await home.run(['sync', '--target', 'office'])).code).toBe(0);
    expect(prefixes(remote)).toEqual(['glm-']);
    // It is a copy: what CCS does with its own from now on is CCS's.
    home.write('config.yaml', ccsSettings(['glm'], home.port));
    expect((await home.run(['targets', 'test', 'office'])).code).toBe(0);
    expect(offer.stdout + added.stdout + JSON.stringify(list)).not.toContain('canary');
  });

  it('takes the key of the environment, and names the variable', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await cliHome(['glm']);
    const words = ['targets', 'add', 'Büro 2', remote.url, '--key-from-env'];
    const without = await home.run(words);
    expect(without.code).toBe(3);
    expect(without.stderr).toContain('CLIPROXY_SYNC_KEY_BURO_2');
    const env = { CLIPROXY_SYNC_KEY_BURO_2: KEY };
    expect((await home.run(words, env)).code).toBe(0);
    expect(await home.run(['sync', '--target', 'büro 2'], env)).toMatchObject({ code: 0 });
    expect(prefixes(remote)).toEqual(['glm-']);
  });
});

describe('what can be refused', () => {
  it('is refused before the server is asked and before a key is read', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    const before = remote.requests.length;
    const table: readonly (readonly [readonly string[], string])[] = [
      [['add', 'OFFICE', 'https://proxy.test'], 'There is a target named OFFICE already'],
      [['add', 'local', remote.url], 'There is a target named local already'],
      [['add', ' ', remote.url], 'name'],
      [['add', 'Second', remote.url], 'is that very server'],
      [['add', 'Second', 'http://127.0.0.1:1', '--profiles', 'glm,nobody'], 'nobody'],
      [['change', 'office', '--profiles', 'glm,nobody'], 'nobody'],
      [['change', 'office'], 'change needs an option'],
      [['change', 'office', '--pin', 'a'.repeat(64)], '--pin is for https'],
    ];
    for (const [words, said] of table) {
      const { code, stderr } = await piped(home, ['targets', ...words], KEY);
      expect([words, code]).toEqual([words, 2]);
      expect(stderr).toContain(said);
    }
    expect(remote.requests).toHaveLength(before);
    const targets = await home.report<ConfiguredTargets>(['targets']);
    expect(targets.remotes).toMatchObject([{ name: 'Office', profiles: null }]);
  });

  it('keeps the stored key where the variable that takes its place is not set', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    const change = ['targets', 'change', 'office', '--key-from-env'];
    const before = remote.withKey();
    const refused = await home.run(change);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('Set CLIPROXY_SYNC_KEY_OFFICE');
    expect(refused.stderr).toContain('Nothing was saved.');
    expect(refused.stderr).not.toContain('--no-test');
    expect((await home.run([...change, '--no-test'])).code).toBe(2);
    const wrong = await home.run(change, { CLIPROXY_SYNC_KEY_OFFICE: 'sk-test-wrong-0123456789' });
    expect([wrong.code, remote.withKey() - before]).toEqual([3, 1]);
    expect((await home.run(['targets', 'test', 'office'])).code).toBe(0);
    expect((await home.run(change, { CLIPROXY_SYNC_KEY_OFFICE: KEY })).code).toBe(0);
    expect((await home.run(['targets', 'test', 'office'])).code).toBe(3);
  });

  it('asks what becomes of its entries where its address changes', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const next = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    await home.run(['sync', '--target', 'office']);
    const change = ['targets', 'change', 'office', '--url', next.url];
    const unsaid = await piped(home, change, KEY);
    expect(unsaid.code).toBe(2);
    expect(unsaid.stderr).toContain('`--entries remove`');
    expect(prefixes(remote)).toEqual(['glm-']);
    const wrong = await piped(home, [...change, '--entries', 'burn'], KEY);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--entries is `move`')]);
    expect((await home.run(['targets', 'change', 'office', '--entries', 'keep'])).code).toBe(2);
    expect((await piped(home, [...change, '--entries', 'remove'], KEY)).code).toBe(0);
    expect(prefixes(remote)).toEqual([]);
    await home.run(['sync', '--target', 'office']);
    expect(prefixes(next)).toEqual(['glm-']);
  });

  it('says how a key comes in where none did', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await cliHome([]);
    const add = ['targets', 'add', 'My office', remote.url];
    const none = await piped(home, add, '');
    expect(none.code).toBe(2);
    expect(none.stderr).toContain(`cliproxy-sync targets add 'My office' ${remote.url} < key.txt`);
    expect(none.stderr).toMatch(/Nothing was saved\.\n$/);
    const ccs = await home.run([...add, '--key-from-ccs']);
    expect(ccs.code).toBe(2);
    expect(ccs.stderr).toContain(`CCS's settings name no management key for ${remote.url}`);
    const json = await home.run([...add, '--key-from-env', '--json']);
    expect(json).toMatchObject({ code: 3, stderr: '' });
    expect(remote.withKey()).toBe(0);
  });

  it('does not remove a server that nobody agreed to remove', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    const remove = ['targets', 'remove', 'office'];
    expect(await home.run(remove)).toMatchObject({
      code: 3,
      stderr: 'Nothing was removed. Run the same command with `--yes` to agree to it.\n',
    });
    const json = await home.run([...remove, '--json']);
    expect(RemovedTarget.parse(ReportEnvelope.parse(JSON.parse(json.stdout)).report)).toEqual({
      removed: null,
    });
    expect((await home.report<ConfiguredTargets>(['targets'])).remotes).toHaveLength(1);
    expect((await home.run([...remove, '--yes'])).code).toBe(0);
  });
});

describe('the next step', () => {
  it('can be typed as it stands', async () => {
    const remote = await startFaultyRemote({ key: KEY, tls: 'first' });
    const home = await homeWith(remote, ['--pin', String(remote.fingerprint)]);
    expect((await home.run(['sync', '--target', 'office'])).code).toBe(0);
    const history = await home.run(['history', '--target', 'office']);
    expect(history.stdout).toContain('`cliproxy-sync undo first --target office` restores the server');
    const unknown = await home.run(['undo', '9', '--target', 'office']);
    expect(unknown.stderr).toContain('`cliproxy-sync history --target office`');
    remote.setCertificate('second');
    const command = `cliproxy-sync targets change Office --pin ${remote.fingerprint}`;
    expect((await home.run(['sync', '--target', 'office'])).stderr).toContain(command);
    expect((await home.run(['targets', 'test', 'office'])).stdout).toContain(command);
    remote.setCertificate('first');
    await remote.setFault({ kind: 'wrong-key' });
    const test = await home.run(['targets', 'test', 'office']);
    expect(test.stdout).toContain('`cliproxy-sync targets change Office --new-key`');
    expect(test.stdout).toContain('Each test sends the key once.');
    const asked = remote.withKey();
    const sync = await home.run(['sync', '--target', 'office']);
    expect(sync.stderr).toContain('`cliproxy-sync targets change Office --new-key`');
    expect(remote.withKey()).toBe(asked);
  });

  it('says nothing of a file where a server has none of our entries yet', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    const status = ['status', '--target', 'office'];
    expect((await home.run(status)).stdout).not.toMatch(/^Proxy/m);
    expect((await home.run(['sync', '--target', 'office'])).stdout).toContain('The server has our entries');
    expect((await home.run(status)).stdout).toMatch(/^Proxy +The server has our entries$/m);
  });
});

describe('a sync with servers', () => {
  it('brings all of them in line, and tells each for itself', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    const { code, stdout } = await home.run(['sync', '--json']);
    const { report } = ReportEnvelope.parse(JSON.parse(stdout));
    const reports = SyncReports.parse(report);
    expect(reports).toEqual(report);
    expect({ code, outcome: reports.outcome }).toEqual({ code: 0, outcome: 'written' });
    expect(reports.remotes).toMatchObject([{ target: 'office', name: 'Office', ok: true }]);
    expect(prefixes(remote)).toEqual(['glm-']);
    const status = await home.run(['status']);
    expect(status.stdout).toMatch(/^Office$/m);
    const json = await home.run(['status', '--json']);
    expect(StatusReports.parse(ReportEnvelope.parse(JSON.parse(json.stdout)).report).remotes).toHaveLength(1);
    expect(stdout + status.stdout + json.stdout).not.toContain('canary');
    expect(await home.run(['undo', '--target', 'office'])).toMatchObject({ code: 0 });
    expect(prefixes(remote)).toEqual([]);
    expect(home.readConfig()).toContain('glm-');
  });

  it('ends with 3 where one is away, and the others are written', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    await remote.setFault({ kind: 'refuse' });
    const { code, stderr } = await home.run(['sync']);
    expect(code).toBe(3);
    expect(stderr).toContain("Office: The server can't be reached");
    expect(home.readConfig()).toContain('glm-');
  });

  it('reaches the servers where the local configuration is gone, and says so', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    await home.run(['sync', '--target', 'local']);
    rmSync(home.configPath);
    const { code, stdout } = await home.run(['sync', '--json']);
    const { error } = ErrorEnvelope.parse(JSON.parse(stdout));
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 'target-missing', remotes: [{ target: 'office', ok: true }] });
    expect(prefixes(remote)).toEqual(['glm-']);
    expect((await home.run(['doctor'])).code).toBe(1);
  });

  it('asks before it keeps an entry that another machine may keep', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const one = await homeWith(remote);
    const other = await homeWith(remote);
    expect((await one.run(['sync', '--target', 'office'])).code).toBe(0);
    const sync = ['sync', '--target', 'office'];
    const asked = await other.run(sync);
    expect(asked.code).toBe(3);
    expect(asked.stdout).toContain('The server already has what glm would write; where another machine');
    expect((await other.run(['status', '--target', 'office'])).stdout).toContain('Review 1 change');
    expect((await other.run([...sync, '--yes'])).code).toBe(0);
    expect((await other.run(sync)).stdout).toContain('Nothing to do');
    // Each tells what it takes back from the other.
    one.profile('glm', envOf('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated-0123456789' }));
    expect((await one.run(sync)).stdout).not.toContain('something else');
    expect((await other.run(sync)).stdout).toContain('something else changed its entry');
    expect((await one.run(sync)).stdout).toContain('something else changed its entry');
  });

  it('is fine where there never was a local configuration', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    rmSync(home.configPath);
    const { code, stdout } = await home.run(['sync', '--json']);
    expect(code).toBe(0);
    expect(ErrorEnvelope.parse(JSON.parse(stdout))).toMatchObject({ ok: false, exitCode: 0 });
    for (const command of ['sync', 'status']) {
      const told = await home.run([command]);
      expect(told).toMatchObject({ code: 0, stderr: '' });
      expect(told.stdout).toMatch(/^There is no configuration on this machine; only servers are synced\.$/m);
    }
    expect((await home.run(['doctor'])).code).toBe(0);
    await remote.setFault({ kind: 'refuse' });
    expect((await home.run(['sync'])).code).toBe(3);
    const doctor = await home.run(['doctor']);
    expect(doctor).toMatchObject({ code: 1 });
    expect(doctor.stdout).toContain("Office: The server can't be reached");
    await home.run(['targets', 'pause', 'office']);
    expect((await home.run(['sync'])).code).toBe(1);
  });

  it('is fine where the local configuration is released', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    await home.run(['sync']);
    await home.run(['release', '--keep']);
    for (const command of ['sync', 'status']) expect((await home.run([command])).code).toBe(0);
    await home.run(['targets', 'pause', 'office']);
    const paused = await home.run(['status', '--json']);
    expect(paused.code).toBe(3);
    const { report } = ReportEnvelope.parse(JSON.parse(paused.stdout));
    expect(StatusReports.parse(report)).toMatchObject({ remotes: [], paused: ['office'] });
  });

  it('leaves a server alone that is paused, and where another target is named', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    await home.run(['sync', '--target', 'local']);
    await home.run(['targets', 'pause', 'office']);
    const asked = remote.withKey();
    expect(await home.run(['sync'])).toMatchObject({ code: 0 });
    expect(remote.withKey()).toBe(asked);
    expect(prefixes(remote)).toEqual([]);
  });
});

describe.skipIf(!needsTerminal())('on a terminal', () => {
  it('the key does not appear, and a certificate is trusted by a yes', async () => {
    const remote = await startFaultyRemote({ key: KEY, tls: 'first' });
    const home = await cliHome([]);
    const { code, output } = await runInTerminal(home.home, ['targets', 'add', 'Office', remote.url], {
      answers: [
        { after: '(not shown):', type: `${KEY}\r` },
        { after: '[y/N]', type: 'y\r' },
      ],
    });
    expect(code).toBe(0);
    expect(output).toContain(remote.fingerprint);
    expect(output).not.toContain('canary');
    const [office] = (await home.report<ConfiguredTargets>(['targets'])).remotes;
    expect(office?.certificate).toBe(remote.fingerprint);
    const remove = await runInTerminal(home.home, ['targets', 'remove', 'office'], {
      answers: [{ after: '[y/N]', type: 'n\r' }],
    });
    expect(remove.code).toBe(3);
    expect(remove.output).toContain('Our entries are taken out of Office');
    expect((await home.report<ConfiguredTargets>(['targets'])).remotes).toHaveLength(1);
  });

  it('a server that moves keeps its entries by a yes, and a no asks on', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await homeWith(remote);
    await home.run(['sync', '--target', 'office']);
    const next = await startFaultyRemote({ key: KEY, entries: remote.entries() });
    const move = (url: string, answers: readonly string[]): ReturnType<typeof runInTerminal> =>
      runInTerminal(home.home, ['targets', 'change', 'office', '--url', url], {
        answers: [
          ...answers.map((type) => ({ after: '[y/N]', type: `${type}\r` })),
          { after: '(not shown):', type: `${KEY}\r` },
        ],
      });
    expect((await move(next.url, ['y'])).code).toBe(0);
    expect((await home.run(['sync', '--target', 'office'])).stdout).toContain('Nothing to do');
    const back = await move(remote.url, ['n', 'y']);
    expect(back.code).toBe(0);
    expect(back.output).toContain('Is the new address the same server?');
    expect(prefixes(next)).toEqual([]);
  });

  it('Ctrl+C instead of a key saves nothing, and says so', async () => {
    const remote = await startFaultyRemote({ key: KEY });
    const home = await cliHome([]);
    const { code, output } = await runInTerminal(home.home, ['targets', 'add', 'Office', remote.url], {
      answers: [{ after: '(not shown):', type: '\u0003' }],
    });
    expect(code).toBe(2);
    expect(output).toContain('Nothing was saved.');
    expect(remote.requests).toHaveLength(0);
  });
});
