import type { Operation } from '../plan/operation.ts';
import type { SectionEdit } from '../yaml/section.ts';

/** The edits of the section that carry out a plan's operations. */
export function sectionEdits(operations: readonly Operation[]): readonly SectionEdit[] {
  return operations.flatMap((operation): SectionEdit[] => {
    switch (operation.op) {
      case 'add':
        return [{ op: 'add', entry: operation.wanted }];
      case 'remove':
        return [{ op: 'remove', index: operation.entry.index }];
      case 'update':
        return [{ op: 'update', index: operation.entry.index, set: operation.set, models: operation.models }];
      case 'adopt':
        return Object.keys(operation.set).length === 0
          ? []
          : [{ op: 'update', index: operation.entry.index, set: operation.set, models: [] }];
      case 'leave':
      case 'review':
        return [];
    }
  });
}
