/**
 * What happened, and what the person can do about it. `what` is one clause without a final full stop, so that it
 * may stand as a headline or in a list; `next` is made of whole sentences, with commands between backticks.
 */
export interface Wording {
  readonly what: string;
  readonly next: string;
}

/** The same where there may be nothing to do. */
export interface Observation {
  readonly what: string;
  readonly next: string | null;
}
