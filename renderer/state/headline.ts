import { describeGlance } from '../../shared/words/describe-glance.ts';
import { describeTimeOfDay } from '../../shared/words/describe-time.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { App } from './app.svelte.ts';

/** What holds now, in the tray's words; with a lost connection nobody knows that, and it is what is said. */
export function headlineOf({ connection, glance, language }: App): string {
  if (connection === 'lost') return m.connection_lost();
  if (connection === 'signed-out') return m.connection_signed_out();
  return describeGlance(glance, { timeOf: (ms) => describeTimeOfDay(ms, language.locale) });
}
