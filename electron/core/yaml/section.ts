import type { YamlDocument } from './yaml-tree.ts';

/**
 * What the `claude-api-key` section of a CLIProxyAPI configuration holds, as values, and the edits that can be
 * made to it. Scalars are their source text (a plain `12345678901234567890` is not rounded, `1e5` is not
 * 100000), because CLIProxyAPI reads them into strings; `''`, null and absent are the same empty string.
 */
export interface EntryModel {
  readonly name: string;
  readonly alias: string;
  /** Whether the item has fields beyond name and alias: those are the user's. */
  readonly extra: boolean;
}

export interface SectionEntry {
  /** Its place in the list, from 0. */
  readonly index: number;
  /** The line where it starts, from 1. */
  readonly line: number;
  readonly apiKey: string;
  readonly prefix: string;
  readonly baseUrl: string;
  readonly proxyUrl: string;
  readonly models: readonly EntryModel[];
  /** Names of all further fields, in file order: the user's own (headers, priority, …) and CCS's `id`. */
  readonly otherFields: readonly string[];
  /** Not a mapping, or a field that we use is no scalar or no list of models: never ours, never touched. */
  readonly malformed: boolean;
  /** Holds an anchor, alias, merge key or tag: may be read, must not be edited. */
  readonly indirect: boolean;
}

/** An entry that we write: proxy-url is always there and empty, `models` only where a model is named. */
export interface NewEntry {
  readonly apiKey: string;
  readonly prefix: string;
  readonly baseUrl: string;
  readonly models: readonly string[];
}

export type ModelEdit =
  | { readonly op: 'add'; readonly name: string }
  | { readonly op: 'rename'; readonly index: number; readonly name: string }
  | { readonly op: 'remove'; readonly index: number };

export type SectionEdit =
  | { readonly op: 'add'; readonly entry: NewEntry }
  | { readonly op: 'remove'; readonly index: number }
  | {
      readonly op: 'update';
      readonly index: number;
      /** Only what changes. An empty baseUrl is written as `""`. */
      readonly set: { readonly apiKey?: string; readonly prefix?: string; readonly baseUrl?: string };
      readonly models: readonly ModelEdit[];
    }
  /** Appends an entry of another text as it is written there, with its comments and the user's fields. */
  | { readonly op: 'copy'; readonly source: YamlDocument; readonly sourceIndex: number }
  /** Gives an entry the fields of another text's entry that it lacks, as they are written there. */
  | {
      readonly op: 'copy-fields';
      readonly index: number;
      readonly source: YamlDocument;
      readonly sourceIndex: number;
      readonly fields: readonly string[];
    };

/**
 * How the section stood before our first entry, so that taking out our last one restores it byte for byte.
 * `absent`: there was none; `lead` is the line break that was put before it where the file had no final one.
 * `empty`: `text` is what stood between the colon and the end of the value (` null`, ` []`, ``).
 * `entries`: it held others' entries (or was an empty flow list that stays one); removing ours restores it.
 */
export type SectionOrigin =
  | { readonly kind: 'absent'; readonly lead: string }
  | { readonly kind: 'empty'; readonly text: string }
  | { readonly kind: 'entries' };
