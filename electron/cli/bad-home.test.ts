import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StatusReport } from '../../shared/schema/status.ts';
import { type CliHome, cliHome } from '../testing/cli-home.ts';
import { envOf, stateOf } from '../testing/engine-home.ts';
import { needsRoot } from '../testing/requirements.ts';
import { runCli } from '../testing/run-cli.ts';
import { giveTo, NOBODY, runCliAs } from '../testing/run-cli-as.ts';
import { tempFolder } from '../testing/temp-folder.ts';

/** No user of the system has this number, so the system knows no home of it. */
const UNKNOWN_USER = 54_321;

async function otherUsersHome(): Promise<CliHome> {
  const home = await cliHome();
  giveTo(NOBODY, home.home);
  return home;
}

describe('the home', () => {
  it('may have spaces, quotes and letters of any script in its name', async () => {
    const home = await cliHome(undefined, 'a b\'c "größe" 模型 🦄 $HOME `x` ');
    expect(await home.run(['sync'])).toMatchObject({ code: 0 });
    expect(home.readConfig()).toContain('"glm-"');
    const { target, ccsDirectory } = await home.report<StatusReport>(['status']);
    expect([ccsDirectory, target.path]).toEqual([home.ccsDirectory, home.configPath]);
    home.profile('bad', {});
    expect((await home.run(['status'])).stdout).toContain(join(home.ccsDirectory, 'bad.settings.json'));
  });

  it('is CCS_DIR before CCS_HOME before HOME, and blank ones count as unset', async () => {
    const [one, two, three] = [await cliHome(), await cliHome(), await cliHome()];
    const used = async (env: Record<string, string>): Promise<string> => {
      const { stdout } = await runCli(three.home, ['status', '--json'], env);
      return (JSON.parse(stdout) as { report: StatusReport }).report.ccsDirectory;
    };
    expect(await used({ CCS_DIR: one.ccsDirectory, CCS_HOME: two.home })).toBe(one.ccsDirectory);
    expect(await used({ CCS_DIR: ' ', CCS_HOME: two.home })).toBe(two.ccsDirectory);
    expect(await used({ CCS_DIR: '', CCS_HOME: '' })).toBe(three.ccsDirectory);
  });

  it('keeps our own data in XDG_STATE_HOME where that is absolute', async () => {
    const home = await cliHome();
    const state = tempFolder();
    await home.run(['sync'], { XDG_STATE_HOME: state });
    expect(existsSync(join(state, 'cliproxy-sync', 'homes'))).toBe(true);
    expect(existsSync(home.stateFolder)).toBe(false);
    await home.run(['sync'], { XDG_STATE_HOME: 'relative' });
    expect(existsSync(home.stateFolder)).toBe(true);
  });

  it('without a CCS directory is an error that says what to do, before the first sync and after', async () => {
    const home = await cliHome();
    const empty = await runCli(tempFolder(), ['sync']);
    expect(empty.code).toBe(1);
    expect(empty.stderr).toMatch(/^error: There is no (?:CCS directory|CLIProxyAPI configuration) at .+\n.+/);
    await home.run(['sync']);
    const before = home.readConfig();
    rmSync(join(home.ccsDirectory, 'glm.settings.json'));
    const aside = `${home.ccsDirectory}-aside`;
    execFileSync('mv', [home.ccsDirectory, aside]);
    expect(await home.run(['sync'])).toMatchObject({ code: 1 });
    execFileSync('mv', [aside, home.ccsDirectory]);
    expect(home.readConfig()).toBe(before);
  });

  it('may be a file where a folder should be, which is said', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, '.ccs'), 'no folder');
    const { code, stderr } = await runCli(folder, ['sync']);
    expect(code).toBe(1);
    expect(stderr).toContain(join(folder, '.ccs'));
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe.skipIf(!needsRoot())('without a home', () => {
  it('says so, in words and as JSON, for every command', () => {
    for (const command of ['sync', 'status', 'profiles', 'history', 'undo', 'exclude', 'doctor']) {
      const { code, stderr } = runCliAs(UNKNOWN_USER, [command], {});
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: 'error: Your home folder is not known\nSet HOME to your home folder, then try again.\n',
      });
      const json = runCliAs(UNKNOWN_USER, [command, '--json'], {});
      expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, exitCode: 1, error: { code: 'no-home' } });
    }
    expect(runCliAs(UNKNOWN_USER, ['--help'], {}).code).toBe(0);
    expect(runCliAs(UNKNOWN_USER, ['sync', '--help'], {}).code).toBe(0);
  });

  it('works where CCS_DIR and XDG_STATE_HOME tell all', async () => {
    const home = await cliHome();
    giveTo(UNKNOWN_USER, home.home);
    const env = { CCS_DIR: home.ccsDirectory, XDG_STATE_HOME: join(home.home, 'state') };
    expect(runCliAs(UNKNOWN_USER, ['sync'], env)).toMatchObject({ code: 0 });
    expect(home.readConfig()).toContain('"glm-"');
  });

  it('takes the one that the system knows of the user where HOME is not set', () => {
    const { code, stderr } = runCliAs(NOBODY, ['status'], {});
    const [, , , , , home = ''] = execFileSync('getent', ['passwd', 'nobody'], { encoding: 'utf8' }).split(
      ':',
    );
    expect(code).toBe(1);
    expect(stderr).toContain(join(home, '.ccs'));
  });
});

describe.skipIf(!needsRoot())('our own folder', () => {
  it('that may not be written is an error that names it, and nothing is written', async () => {
    const home = await otherUsersHome();
    const state = join(home.home, 'state');
    mkdirSync(state, { mode: 0o555 });
    const env = { HOME: home.home, XDG_STATE_HOME: state };
    const before = home.readConfig();
    const { code, stderr } = runCliAs(NOBODY, ['sync'], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: CLIProxy Sync can't use ${state}.*: permission denied\n.+\\.\n$`),
    );
    expect(home.readConfig()).toBe(before);
    for (const words of [['status'], ['profiles'], ['sync', '--dry-run'], ['history'], ['exclude']]) {
      expect(runCliAs(NOBODY, words, env)).toMatchObject({ code: words[0] === 'status' ? 3 : 0, stderr: '' });
    }
  });

  it('that may not be read is an error that names it', async () => {
    const home = await otherUsersHome();
    const env = { HOME: home.home };
    runCliAs(NOBODY, ['sync'], env);
    chmodSync(home.stateFolder, 0o000);
    const before = home.readConfig();
    rmSync(join(home.ccsDirectory, 'glm.settings.json'));
    for (const words of [['sync'], ['status'], ['undo']]) {
      const { code, stderr } = runCliAs(NOBODY, words, env);
      expect({ words, code }).toEqual({ words, code: 1 });
      expect(stderr).toContain(home.stateFolder);
    }
    expect(home.readConfig()).toBe(before);
  });

  it('on a full disk is an error that names it, and a sync with room again writes all', async () => {
    const home = await cliHome();
    const state = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', state]);
    onTestFinished(() => void execFileSync('umount', [state]));
    const env = { XDG_STATE_HOME: state };
    await home.run(['sync'], env);
    const filler = join(state, 'filler');
    fillUp(filler);
    const before = home.readConfig();
    home.profile('glm', envOf('glm', { ANTHROPIC_AUTH_TOKEN: 'sk-test-rotated-0123456789' }));
    const { code, stderr } = await home.run(['sync'], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^error: No space is left on the disk to write ${state}.+\nNothing was lost`),
    );
    expect(home.readConfig()).toBe(before);
    rmSync(filler);
    expect(await home.run(['sync'], env)).toMatchObject({ code: 0 });
    expect(home.readConfig()).toBe(
      before.replace(String(envOf('glm')['ANTHROPIC_AUTH_TOKEN']), 'sk-test-rotated-0123456789'),
    );
    const left = Object.keys(stateOf(state)).filter((path) =>
      /lock$|journal$|pending$|tmp/.test(path.slice(state.length)),
    );
    expect(left).toEqual([]);
  });
});

/** Writes until not a byte more fits. */
function fillUp(path: string): void {
  const block = Buffer.alloc(4096);
  for (let blocks = 1; ; blocks++) {
    try {
      writeFileSync(path, Buffer.concat(Array<Buffer>(blocks).fill(block)));
    } catch {
      return;
    }
    if (readFileSync(path).length > 1_000_000) throw new Error('the disk is not small');
  }
}
