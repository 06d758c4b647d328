import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tempFolder } from './temp-folder.ts';

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

/** An empty CCS directory. */
export function emptyCcsHome(folderName = 'ccs-home-'): CcsHome {
  const home = tempFolder(folderName);
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

/** A copy of the home that a real CCS left, with eight profiles of which five are syncable. */
export function fixtureCcsHome(folderName?: string): CcsHome {
  const ccsHome = emptyCcsHome(folderName);
  cpSync(join(FIXTURE, '.ccs'), ccsHome.ccsDirectory, { recursive: true });
  return ccsHome;
}
