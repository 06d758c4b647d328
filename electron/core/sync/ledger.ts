import * as z from 'zod/mini';
import type { Hold, OwnedEntry } from '../plan/owned-entry.ts';
import type { SectionOrigin } from '../yaml/section.ts';

/**
 * What we remember of one target: which entries are ours, how the section stood before the first of them, and
 * which undos are to be respected. It is the commit point of a sync: a record of the history counts only once
 * the ledger names it.
 */
export interface Ledger {
  /** `homeMark`: tells whether its fingerprints were made with this home's salt. */
  readonly home: string;
  readonly entries: readonly OwnedEntry[];
  readonly holds: readonly Hold[];
  readonly origin: SectionOrigin | null;
  /** The last record of the history that happened; 0 before the first. */
  readonly lastRecord: number;
  /** The file as our last write left it. */
  readonly written: Written | null;
  /** Set by `release`: this target is not managed until a sync names it again. */
  readonly released: boolean;
  /**
   * There was no ledger, or it was lost, and a person has not yet said of all entries that may be ours whether
   * they are: until then they stay up for review, although there is a ledger again.
   */
  readonly recovering: boolean;
}

/** Lets a sync with nothing to do prove it from hashes alone, without parsing the file. */
export interface Written {
  /** SHA-256 of the file. */
  readonly fileHash: string;
  /** Fingerprint of all that the plan was made from; null where that plan left something to say or to do. */
  readonly planFingerprint: string | null;
  readonly facts: WrittenFacts;
}

/** The file's ConfigFacts that judging profiles needs, with fingerprints in place of keys. */
export interface WrittenFacts {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** A key's length spares a fingerprint for each token that is not one. */
  readonly apiKeys: readonly { readonly length: number; readonly fingerprint: string }[];
}

export const EMPTY_LEDGER: Ledger = {
  home: '',
  entries: [],
  holds: [],
  origin: null,
  lastRecord: 0,
  written: null,
  released: false,
  recovering: true,
};

const LedgerFile = z.object({
  version: z.literal(1),
  home: z.string(),
  entries: z.array(z.custom<OwnedEntry>(isOwnedEntry)),
  holds: z.array(z.object({ profile: z.string(), wantedFingerprint: z.string() })),
  origin: z.nullable(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('absent'), lead: z.string() }),
      z.object({ kind: z.literal('empty'), text: z.string() }),
      z.object({ kind: z.literal('entries') }),
    ]),
  ),
  lastRecord: z.number(),
  written: z.nullable(
    z.object({
      fileHash: z.string(),
      planFingerprint: z.nullable(z.string()),
      facts: z.object({
        host: z.string(),
        port: z.number(),
        tls: z.boolean(),
        apiKeys: z.array(z.object({ length: z.number(), fingerprint: z.string() })),
      }),
    }),
  ),
  released: z.boolean(),
  recovering: z.boolean(),
});

/** By hand: a schema's object takes ten times as long, for each of a thousand entries. */
function isOwnedEntry(value: unknown): boolean {
  const entry = (value ?? {}) as Partial<Record<keyof OwnedEntry, unknown>>;
  const texts = [entry.profile, entry.prefix, entry.keyFingerprint, entry.baseUrlFingerprint];
  const models = Array.isArray(entry.models) ? (entry.models as readonly unknown[]) : [null];
  return [...texts, ...models].every((text) => typeof text === 'string');
}

export function formatLedger(ledger: Ledger): string {
  return `${JSON.stringify({ version: 1, ...ledger })}\n`;
}

/** Reads a ledger's text; null where it is not one (corrupt, or of a version that we do not know). */
export function parseLedger(text: string): Ledger | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = LedgerFile.safeParse(value);
  return parsed.success ? parsed.data : null;
}
