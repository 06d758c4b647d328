import { assertNever } from '../result.ts';
import { LOCAL_TARGET } from '../schema/remote.ts';
import type { UndoReport } from '../schema/undo.ts';
import * as m from './generated/messages.js';
import { listNames } from './list-names.ts';
import type { Observation } from './wording.ts';

/** What an undo, a release or a restoration came to, in one line, and what follows from it. */
export function describeUndo(report: UndoReport): Observation {
  switch (report.outcome) {
    case 'done':
      return { what: doneWords(report), next: nextWords(report) };
    case 'planned':
      return { what: plannedWords(report), next: nextWords(report) };
    case 'needs-consent': {
      const keys = listKeys(report.outside);
      return { what: m.undo_consent({ keys }), next: m.undo_consent_next() };
    }
    case 'nothing':
      return { what: nothingWords(report), next: null };
    default:
      return assertNever(report.outcome);
  }
}

function doneWords(report: UndoReport): string {
  const { undoes, operations } = report;
  const count = operations.length;
  if (hadNothingOfOurs(report)) return m.undo_released_none();
  if (report.how === 'memory' || (undoes === null && count === 0)) return m.undo_released();
  if (undoes === null) return m.undo_released_removed({ count });
  const id = String(undoes);
  if (report.how === 'whole') return wholeWords(report.target.id === LOCAL_TARGET, undoes);
  return isRestoration(report) ? m.undo_restored({ count, id }) : m.undo_entries({ count, id });
}

function plannedWords(report: UndoReport): string {
  const { undoes, operations } = report;
  const count = operations.length;
  if (hadNothingOfOurs(report)) return m.undo_would_release_none();
  if (report.how === 'memory' || (undoes === null && count === 0)) return m.undo_would_release();
  if (undoes === null) return m.undo_would_release_removed({ count });
  const id = String(undoes);
  if (report.how === 'whole') return wouldWords(report.target.id === LOCAL_TARGET, undoes);
  return isRestoration(report) ? m.undo_would_restore({ count, id }) : m.undo_would_entries({ count, id });
}

/** A server has a list, and no bytes. */
function wholeWords(isFile: boolean, undoes: number): string {
  const id = String(undoes);
  if (undoes === 0) return isFile ? m.undo_first() : m.undo_first_server();
  return isFile ? m.undo_whole({ id }) : m.undo_whole_server({ id });
}

function wouldWords(isFile: boolean, undoes: number): string {
  const id = String(undoes);
  if (undoes === 0) return isFile ? m.undo_would_first() : m.undo_would_first_server();
  return isFile ? m.undo_would_whole({ id }) : m.undo_would_whole_server({ id });
}

/** Whether a release was to take the entries out, and there was none. */
function hadNothingOfOurs({ how, undoes, operations, changedSince }: UndoReport): boolean {
  return how === 'entries' && undoes === null && operations.length === 0 && changedSince.length === 0;
}

/** Whether it is others' entries and fields that come back. */
function isRestoration({ operations }: UndoReport): boolean {
  return operations.some(({ why }) => why === 'entry-lost' || why === 'fields-lost');
}

function nothingWords({ undoes, how, changedSince }: UndoReport): string {
  if (changedSince.length > 0) return m.undo_nothing_changed_since({ profiles: listNames(changedSince) });
  if (undoes === null) return m.undo_nothing_released();
  return how === 'whole' && undoes === 0 ? m.undo_nothing_first() : m.undo_nothing();
}

function nextWords({ outcome, held, changedSince, outside }: UndoReport): string | null {
  if (outcome === 'planned' && outside.length > 0) return m.undo_would_lose_next({ keys: listKeys(outside) });
  const left =
    changedSince.length === 0 ? null : m.undo_changed_since_next({ profiles: listNames(changedSince) });
  const kept = held.length === 0 ? null : m.undo_held_next({ profiles: listNames(held) });
  if (left !== null && kept !== null) return m.undo_two_next({ first: left, second: kept });
  return left ?? kept;
}

function listKeys(outside: UndoReport['outside']): string {
  return listNames(outside.map(({ key }) => key));
}
