import type { FieldDiff, FieldValue, OperationView } from '../../../shared/schema/plan.ts';
import type { ModelEdit, SectionEntry } from '../yaml/section.ts';
import { maskKey, maskUrl } from './mask.ts';
import { modelNames } from './match-owned.ts';
import type { FieldChanges, Operation } from './operation.ts';
import type { Fingerprint } from './owned-entry.ts';
import type { WantedEntry } from './wanted-entry.ts';

/** Turns a plan's operations into what may be shown: codes, names and diffs with masked keys. */
export function describeOperations(
  operations: readonly Operation[],
  fingerprint: Fingerprint,
): readonly OperationView[] {
  return operations.map((operation) => describeOperation(operation, fingerprint));
}

function describeOperation(operation: Operation, fingerprint: Fingerprint): OperationView {
  const { op, profile } = operation;
  switch (op) {
    case 'add':
      return {
        op,
        profile,
        prefix: operation.wanted.prefix,
        line: null,
        why: operation.cause,
        diff: wholeEntry(operation.wanted, fingerprint).map(({ field, value }) => ({
          field,
          before: null,
          after: value,
        })),
      };
    case 'remove':
      return {
        op,
        profile,
        prefix: operation.entry.prefix,
        line: operation.entry.line,
        why: operation.cause,
        diff: wholeEntry(valuesOf(operation.entry), fingerprint).map(({ field, value }) => ({
          field,
          before: value,
          after: null,
        })),
      };
    case 'update':
    case 'review':
    case 'adopt':
      return {
        op,
        profile,
        prefix: operation.set.prefix ?? operation.entry.prefix,
        line: operation.entry.line,
        why: op === 'update' ? operation.cause : op === 'review' ? operation.why : 'written-by-ccs',
        diff: changedFields(operation.entry, operation, fingerprint),
      };
    case 'leave':
      return {
        op,
        profile,
        prefix: operation.entry?.prefix ?? '',
        line: operation.entry?.line ?? null,
        why: operation.why,
        diff: [],
      };
  }
}

type Field = FieldDiff['field'];
type Values = Pick<WantedEntry, 'apiKey' | 'prefix' | 'baseUrl' | 'models'>;

function valuesOf(entry: SectionEntry): Values {
  return { ...entry, models: modelNames(entry) };
}

function wholeEntry(entry: Values, fingerprint: Fingerprint): readonly { field: Field; value: FieldValue }[] {
  return [
    { field: 'api-key', value: { kind: 'key', key: maskKey(entry.apiKey, fingerprint) } },
    { field: 'prefix', value: text(entry.prefix) },
    ...(entry.baseUrl === '' ? [] : [{ field: 'base-url', value: text(maskUrl(entry.baseUrl)) } as const]),
    ...(entry.models.length === 0
      ? []
      : [{ field: 'models', value: text(entry.models.join(', ')) } as const]),
  ];
}

function changedFields(
  entry: SectionEntry,
  change: { readonly set: FieldChanges; readonly models?: readonly ModelEdit[] },
  fingerprint: Fingerprint,
): FieldDiff[] {
  const { set, models = [] } = change;
  const diff: FieldDiff[] = [];
  if (set.apiKey !== undefined) {
    const before = { kind: 'key', key: maskKey(entry.apiKey, fingerprint) } as const;
    diff.push({ field: 'api-key', before, after: { kind: 'key', key: maskKey(set.apiKey, fingerprint) } });
  }
  if (set.prefix !== undefined) diff.push(textDiff('prefix', entry.prefix, set.prefix));
  if (set.baseUrl !== undefined)
    diff.push(textDiff('base-url', maskUrl(entry.baseUrl), maskUrl(set.baseUrl)));
  for (const edit of models) {
    const before = edit.op === 'add' ? '' : (entry.models[edit.index]?.name ?? '');
    diff.push(textDiff('models', before, edit.op === 'remove' ? '' : edit.name));
  }
  return diff;
}

function textDiff(field: Field, before: string, after: string): FieldDiff {
  return { field, before: before === '' ? null : text(before), after: after === '' ? null : text(after) };
}

function text(value: string): FieldValue {
  return { kind: 'text', text: value };
}
