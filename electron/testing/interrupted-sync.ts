import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { writeJournal } from '../core/files/journal.ts';
import { targetFolder } from '../core/files/state-folder.ts';
import { shortHash } from '../core/sync/home.ts';
import type { EngineHome } from './engine-home.ts';

/** Where a sync can be killed. */
export type Kill = 'record' | 'journal' | 'half' | 'file' | 'ledger' | 'dropped';

/** Each with whether the sync is to have happened once it is settled. */
export const KILLS: readonly (readonly [Kill, boolean])[] = [
  ['record', false],
  ['journal', false],
  ['half', true],
  ['file', true],
  ['ledger', true],
  ['dropped', true],
];

export interface Interrupted {
  readonly oldText: string;
  readonly newText: string;
  readonly journal: string;
}

/**
 * Leaves everything as a sync leaves it that was killed after it wrote its record, its journal, half of the file,
 * the file, the ledger, or dropped the journal.
 */
export async function interruptedSync(home: EngineHome, at: Kill): Promise<Interrupted> {
  const realPath = realpathSync(home.configPath);
  const folder = join(
    home.stateFolder,
    'homes',
    shortHash(home.ccsDirectory),
    'targets',
    shortHash(realPath),
  );
  const ledger = join(folder, 'ledger.json');
  const oldText = home.readConfig();
  const oldLedger = existsSync(ledger) ? readFileSync(ledger, 'utf8') : null;
  const { record } = await home.sync();
  if (record === null) throw new Error('There was nothing to sync');
  const newText = home.readConfig();
  const newLedger = readFileSync(ledger, 'utf8');

  const path = join(folder, 'history', String(record).padStart(6, '0'));
  renameSync(`${path}.record`, `${path}.pending`);
  if (at !== 'ledger' && at !== 'dropped') {
    if (oldLedger === null) rmSync(ledger);
    else writeFileSync(ledger, oldLedger, { mode: 0o600 });
  }
  if (at === 'record' || at === 'journal') home.writeConfig(oldText);
  if (at === 'half') home.writeConfig(halfWritten(oldText, newText));
  const { journal } = targetFolder(home.stateFolder, realPath);
  mkdirSync(dirname(journal), { recursive: true, mode: 0o700 });
  if (at !== 'record' && at !== 'dropped') {
    const [oldBytes, newBytes] = [Buffer.from(oldText), Buffer.from(newText)];
    const content = {
      target: realPath,
      oldBytes,
      newBytes,
      ledger: { path: ledger, text: newLedger },
      from: 0,
    };
    const written = await writeJournal(
      journal,
      { ...content, from: firstDifference(oldBytes, newBytes) },
      () => undefined,
    );
    if (!written.ok) throw new Error(written.error.code);
  }
  return { oldText, newText, journal };
}

/** Grown by newlines, and then written up to the middle of what is new. */
function halfWritten(oldText: string, newText: string): string {
  const grown = oldText.padEnd(newText.length, '\n');
  const from = firstDifference(Buffer.from(oldText), Buffer.from(newText));
  const middle = Math.floor((from + newText.length) / 2);
  return newText.slice(0, middle) + grown.slice(middle);
}

function firstDifference(one: Uint8Array, other: Uint8Array): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}
