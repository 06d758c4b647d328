import { accessSync, constants } from 'node:fs';
import { noteLeftOut } from './left-out.ts';

/** Something of the machine that some tests need. */
export interface Requirement {
  /** What the tests need, as in "root on Linux". */
  readonly name: string;
  readonly met: boolean;
  /** What to do so that it is met, as one sentence. */
  readonly how: string;
}

/**
 * Tells whether a requirement is met, for `describe.skipIf(!requires(…))`: the only way a test may be left out.
 * Where it is not met, the reason is printed at the end of the run; with `CI=true` it throws instead, so that CI leaves nothing out.
 */
export function requires(requirement: Requirement): boolean {
  if (requirement.met) return true;
  const message = `tests that need ${requirement.name}. ${requirement.how}`;
  if (process.env['CI'] === 'true') throw new Error(`CI leaves nothing out: ${message}`);
  noteLeftOut(message);
  return false;
}

/** For tests that mount a small file system or act as another user. */
export function needsRoot(): boolean {
  return requires({
    name: 'root on Linux',
    met: process.platform === 'linux' && process.getuid?.() === 0,
    how: 'Run the tests as root, for example in a container (mounting a tmpfs needs CAP_SYS_ADMIN).',
  });
}

/** The path of the real CLIProxyAPI program, or undefined where the tests that run it are left out. */
export function needsProxy(): string | undefined {
  return programOf('CLIPROXYAPI_BIN', 'the real CLIProxyAPI');
}

/** The path of the real `ccs` program, or undefined where the tests that run it are left out. */
export function needsCcs(): string | undefined {
  return programOf('CCS_BIN', 'the real CCS');
}

function programOf(variable: string, name: string): string | undefined {
  const path = process.env[variable];
  const met = path !== undefined && isReadable(path);
  return requires({ name, met, how: `Set ${variable} to the path of its program.` }) ? path : undefined;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
