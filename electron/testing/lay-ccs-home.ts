import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FIXTURE = fileURLToPath(new URL('./fixtures/ccs-home', import.meta.url));

/** A CCS directory of the running test's own. */
export interface CcsHome {
  readonly home: string;
  readonly ccsDirectory: string;
  /** Writes a file of the CCS directory: text or bytes as they are, anything else as JSON; gives its path. */
  readonly write: (file: string, content: unknown) => string;
  /** Writes a profile file with this `env`. */
  readonly profile: (name: string, env: Readonly<Record<string, unknown>>) => string;
}

/** Lays an empty CCS directory into a folder, whichever test runner asks for it. */
export function layCcsHome(home: string): CcsHome {
  const ccsDirectory = join(home, '.ccs');
  mkdirSync(ccsDirectory);
  const write: CcsHome['write'] = (file, content) => {
    const path = join(ccsDirectory, file);
    mkdirSync(dirname(path), { recursive: true });
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(path, isRaw ? content : JSON.stringify(content, null, 2), { mode: 0o600 });
    return path;
  };
  const profile: CcsHome['profile'] = (name, env) => write(`${name}.settings.json`, { env });
  return { home, ccsDirectory, write, profile };
}

/** Lays a copy of the home that a real CCS left, with eight profiles of which five are syncable. */
export function layFixtureHome(home: string): CcsHome {
  const ccsHome = layCcsHome(home);
  cpSync(join(FIXTURE, '.ccs'), ccsHome.ccsDirectory, { recursive: true });
  return ccsHome;
}
