import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf, stateOf } from '../testing/engine-home.ts';
import { type Answer, needsTerminal, runInTerminal } from '../testing/run-in-terminal.ts';

const ESC = String.fromCharCode(27);
const FIVE = ['aa', 'bb', 'cc', 'dd', 'ee'];
const QUESTION = 'Go ahead? [y/N] ';

/** Five profiles are synced, and the files of four are gone. */
async function massRemoval(): Promise<CliHome> {
  const home = await cliHome(FIVE);
  expect((await home.run(['sync'])).code).toBe(0);
  for (const name of FIVE.slice(1)) rmSync(join(home.ccsDirectory, `${name}.settings.json`));
  return home;
}

function typed(text: string, after = QUESTION): { readonly answers: readonly Answer[] } {
  return { answers: [{ after, type: text }] };
}

/** What is seen: without colours, and with lines that end as they do in files. */
function seen(output: string): string {
  return output.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r\n', '\n');
}

describe.skipIf(!needsTerminal())('in a terminal', () => {
  it.each(['y', 'Y', 'yes'])('does what needs consent after the answer %s', async (answer) => {
    const home = await massRemoval();
    const { code, output } = await runInTerminal(home.home, ['sync'], typed(`${answer}\r`));
    expect(code).toBe(0);
    expect(seen(output)).toMatch(
      /- remove bb: its file is not there[^]*4 of 5 entries would be removed[^]*Go ahead\? \[y\/N\]/,
    );
    expect(seen(output)).toContain('1 profile synced');
    expect(home.readConfig()).not.toContain('"bb-"');
    expect(home.readConfig()).toContain('"aa-"');
  });

  it.each([
    ['n', 'n\r'],
    ['nothing', '\r'],
    ['yesterday', 'yesterday\r'],
    ['the end of the input', '\u0004'],
    ['Ctrl+C', '\u0003'],
  ])('leaves what needs consent after %s, and says so once', async (_what, answer) => {
    const home = await massRemoval();
    const before = stateOf(home.ccsDirectory);
    const { code, output } = await runInTerminal(home.home, ['sync'], typed(answer));
    expect(code).toBe(3);
    expect(seen(output).split('- remove bb')).toHaveLength(2);
    expect(seen(output)).toMatch(/Left as it is\.\n$/);
    expect(seen(output)).not.toContain('--yes');
    expect(stateOf(home.ccsDirectory)).toEqual(before);
  });

  it('asks nothing with --yes, --dry-run or --json, nor where nothing has to be asked', async () => {
    const home = await massRemoval();
    for (const option of ['--dry-run', '--json']) {
      const { code, output } = await runInTerminal(home.home, ['sync', option]);
      expect([option, code, output.includes('[y/N]')]).toEqual([option, 3, false]);
    }
    expect(await runInTerminal(home.home, ['sync', '--yes'])).toMatchObject({ code: 0 });
    const { code, output } = await runInTerminal(home.home, ['sync']);
    expect([code, output.includes('[y/N]')]).toEqual([0, false]);
  });

  it('asks before it restores the first bytes over what others changed', async () => {
    const home = await cliHome();
    const first = home.readConfig();
    await home.run(['sync']);
    home.writeConfig(home.readConfig().replace('debug: false', 'debug: true'));
    const question = 'Restore it all the same? [y/N] ';
    const no = await runInTerminal(home.home, ['undo', 'first'], typed('n\r', question));
    expect(no.code).toBe(3);
    expect(seen(no.output)).toMatch(
      /^Others made changes since, and they would be lost: debug\n[^]*~ debug\n/,
    );
    const yes = await runInTerminal(home.home, ['undo', 'first'], typed('y\r', question));
    expect(yes.code).toBe(0);
    expect(home.readConfig()).toBe(first);
  });

  it('asks before it makes a target that CCS would make', async () => {
    const home = await cliHome();
    rmSync(home.configPath);
    const question = 'Make a minimal one now? [y/N] ';
    expect((await runInTerminal(home.home, ['sync', '--create'], typed('n\r', question))).code).toBe(3);
    expect((await runInTerminal(home.home, ['sync', '--create'], typed('y\r', question))).code).toBe(0);
    expect(home.readConfig()).toContain('"glm-"');
  });

  it('asks before it purges the first bytes', async () => {
    const home = await cliHome();
    await home.run(['sync']);
    const question = "It can't be restored then. [y/N] ";
    expect(
      (await runInTerminal(home.home, ['history', 'purge', '--first'], typed('n\r', question))).code,
    ).toBe(3);
    expect((await home.run(['history'])).stdout).toContain('undo first');
    expect(
      (await runInTerminal(home.home, ['history', 'purge', '--first'], typed('y\r', question))).code,
    ).toBe(0);
    expect((await home.run(['history'])).stdout).toBe('No change is kept\n');
  });

  it('colours what it shows, unless NO_COLOR or a dumb terminal forbids it', async () => {
    const home = await cliHome();
    const shown = async (env: Record<string, string>): Promise<string> =>
      (await runInTerminal(home.home, ['sync', '--dry-run'], { env })).output;
    expect(await shown({})).toContain(`${ESC}[32m+ add glm`);
    expect(await shown({ NO_COLOR: '' })).toContain(`${ESC}[32m+ add glm`);
    expect(await shown({ NO_COLOR: '1' })).not.toContain(ESC);
    expect(await shown({ TERM: 'dumb' })).not.toContain(ESC);
  });

  it('colours each stream only where it is a terminal itself', async () => {
    const home = await cliHome();
    const file = join(home.home, 'out');
    await runInTerminal(home.home, ['sync', '--target', 'x'], { redirect: `2>'${file}'` });
    expect(readFileSync(file, 'utf8')).toMatch(/^error: There is no target/);
    const { output } = await runInTerminal(home.home, ['sync', '--target', 'x'], { redirect: `>'${file}'` });
    expect(output).toContain(`${ESC}[31merror:${ESC}[39m`);
    await runInTerminal(home.home, ['sync', '--dry-run'], { redirect: `>'${file}'` });
    expect(readFileSync(file, 'utf8')).toMatch(/^Would change 3 entries\n\+ add glm\n/);
  });

  it('uses no colour and asks nothing where it is no terminal', async () => {
    const home = await massRemoval();
    const { code, stdout, stderr } = await home.run(['sync'], { TERM: 'xterm' });
    expect(code).toBe(3);
    expect(stdout + stderr).not.toContain(ESC);
    expect(stdout).toMatch(/run the same command with `--yes`/);
  });

  it('shows no control character of a file name or value, in words or JSON', async () => {
    const home = await cliHome([]);
    const evil = `${ESC}[2J${ESC}]0;x\u0007\u009b31m\u202e\rfake\nline`;
    home.profile(`a${evil}`, envOf('a'));
    home.profile(
      'b',
      envOf('b', { ANTHROPIC_MODEL: `m${evil}`, ANTHROPIC_BASE_URL: `https://b.test/${evil}` }),
    );
    home.profile(`c${evil}`, {});
    for (const words of [
      ['sync', '--dry-run'],
      ['sync'],
      ['status', '--verbose'],
      ['profiles'],
      ['doctor'],
      ['history', 'show', '1'],
      ['undo'],
      ['sync', evil],
      ['exclude', `a${evil}`],
    ]) {
      for (const more of [[], ['--json']]) {
        const { output } = await runInTerminal(home.home, [...words, ...more], { env: { NO_COLOR: '1' } });
        // Where it took longer it told so, and took that away again.
        const said = output.replace(/^[A-Za-z ]+…\r\u001b\[K/, '').replaceAll('\r\n', '');
        expect(said, words.join(' ')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
        expect(output).not.toMatch(/^line/m);
      }
    }
  });

  it('tells what it does where that takes longer than 300 ms, and takes it away again', async () => {
    const home = await cliHome();
    await home.run(['sync']);
    // A file that is half written is read again for a while.
    home.writeConfig('');
    const { output } = await runInTerminal(home.home, ['sync']);
    expect(output).toContain(`Syncing…\r${ESC}[K`);
    expect((await runInTerminal(home.home, ['sync'], { env: { TERM: 'dumb' } })).output).not.toContain(
      'Syncing…',
    );
    expect((await home.run(['sync'])).stderr).not.toContain('Syncing…');
  });
});
