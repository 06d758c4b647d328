import * as m from './generated/messages.js';
import { wordsOf, type WordTable } from './word-table.ts';

/**
 * A reason in words, to follow a colon: the system's code of a failed file operation (`EACCES`), a code of our own
 * (`not-a-file`) or of the YAML parser (`BAD_INDENT`). Others are given as they are.
 */
export function describeReason(code: string): string {
  return wordsOf(REASONS, code) ?? describeYamlFault(code, m.reason_unknown({ code }));
}

/** What is wrong with a YAML text, from the parser's code. */
export function describeYamlFault(code: string, otherwise: string): string {
  return wordsOf(YAML_FAULTS, code) ?? otherwise;
}

const REASONS: WordTable = {
  EACCES: () => m.reason_permission(),
  EPERM: () => m.reason_permission(),
  ENOENT: () => m.reason_missing(),
  ENOTDIR: () => m.reason_part_not_folder(),
  EISDIR: () => m.reason_is_folder(),
  ELOOP: () => m.reason_link_circle(),
  EIO: () => m.reason_device_error(),
  EROFS: () => m.reason_read_only(),
  ENOSPC: () => m.reason_no_space(),
  EDQUOT: () => m.reason_no_space(),
  EMFILE: () => m.reason_too_many_open(),
  ENFILE: () => m.reason_too_many_open(),
  EBUSY: () => m.reason_busy(),
  ETXTBSY: () => m.reason_busy(),
  ENAMETOOLONG: () => m.reason_name_too_long(),
  EFBIG: () => m.reason_too_large(),
  ESTALE: () => m.reason_stale(),
  ETIMEDOUT: () => m.reason_stale(),
  EADDRINUSE: () => m.reason_address_used(),
  EADDRNOTAVAIL: () => m.reason_address_missing(),
  'not-found': () => m.reason_missing(),
  'no-permission': () => m.reason_permission(),
  io: () => m.reason_device_error(),
  'not-a-file': () => m.reason_not_a_file(),
  'too-large': () => m.reason_too_large(),
  'writable-by-others': () => m.reason_writable_by_others(),
  empty: () => m.reason_empty(),
  'not-utf8': () => m.reason_not_utf8(),
  'not-json': () => m.reason_not_json(),
  'not-as-written': () => m.reason_not_as_written(),
  'not-a-mapping': () => m.reason_not_mapping(),
  'profiles-not-a-mapping': () => m.reason_profiles_not_mapping(),
};

/** The codes of the `yaml` library that people meet, and two of our own (`UNKNOWN_ANCHOR`, `TOO_DEEP`). */
const YAML_FAULTS: WordTable = {
  BAD_INDENT: () => m.yaml_indentation(),
  TAB_AS_INDENT: () => m.yaml_tab(),
  MISSING_CHAR: () => m.yaml_missing_character(),
  BLOCK_AS_IMPLICIT_KEY: () => m.yaml_key_line(),
  MULTILINE_IMPLICIT_KEY: () => m.yaml_key_line(),
  BAD_SCALAR_START: () => m.yaml_value_start(),
  BAD_DQ_ESCAPE: () => m.yaml_escape(),
  BAD_ALIAS: () => m.yaml_anchor_missing(),
  UNKNOWN_ANCHOR: () => m.yaml_anchor_missing(),
  TOO_DEEP: () => m.yaml_too_deep(),
  RESOURCE_EXHAUSTION: () => m.yaml_too_deep(),
  DUPLICATE_KEY: () => m.yaml_duplicate(),
  UNEXPECTED_TOKEN: () => m.yaml_invalid(),
};
