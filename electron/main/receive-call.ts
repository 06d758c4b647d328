import type { AppError } from '../../shared/errors.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Dispatch } from '../service/dispatch.ts';
import { MOST_BODY_BYTES } from '../service/http-answer.ts';
import { isPlainData } from './plain-data.ts';

const LONGEST_METHOD = 64;

/** Who sent a message, as far as Electron tells it. */
export interface Sender {
  /** It came from the main frame of the window that we made. */
  readonly isOwnFrame: boolean;
  /** That frame shows our page. */
  readonly isPage: boolean;
}

/** A call as it came: nothing of it is believed. */
export interface ReceivedCall {
  readonly sender: Sender;
  readonly method: unknown;
  readonly input: unknown;
}

/** Lets a call of our page through to the contract. Error of its own: `request-refused`. */
export async function receiveCall(
  { sender, method, input }: ReceivedCall,
  dispatch: Dispatch,
): Promise<Result<unknown, AppError>> {
  if (!sender.isOwnFrame || !sender.isPage) return refused('origin');
  if (typeof method !== 'string' || method.length > LONGEST_METHOD) return refused('path');
  // The same bound as for a request over HTTP.
  if (!isPlainData(input, MOST_BODY_BYTES)) return refused('size');
  return dispatch(method, input);
}

function refused(part: 'origin' | 'path' | 'size'): Result<never, AppError> {
  return err({ code: 'request-refused', part });
}
