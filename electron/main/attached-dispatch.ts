import { type Method, METHODS } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { AppState } from '../../shared/schema/state.ts';
import { createDispatch, type BugListener, type Dispatch, type Handlers } from '../service/dispatch.ts';
import type { HostAbilities } from '../service/host-abilities.ts';
import { createHostHandlers } from '../service/host-handlers.ts';
import type { Connection } from '../service/socket-client.ts';

export interface AttachedDeps {
  readonly connection: Connection;
  readonly abilities: () => HostAbilities;
  readonly state: () => AppState;
  /** Of the service that we are attached to: it lies on this machine, too. */
  readonly log: string | null;
  readonly onBug: BugListener;
}

/**
 * The contract where another process's service is shown: its calls go through the socket, those of the host are
 * answered here. Checked both ways, as every transport's are.
 */
export function createAttachedDispatch({ connection, abilities, state, log, onBug }: AttachedDeps): Dispatch {
  const far = Object.fromEntries(
    Object.keys(METHODS).map((method) => [method, (input: unknown) => connection.call(method, input)]),
  ) as unknown as Handlers;
  const near = createHostHandlers({
    abilities,
    state,
    log,
    revealKey: async (name) => {
      const answer = (await connection.call('profiles.revealKey' satisfies Method, { name })) as Result<
        { readonly key: string },
        AppError
      >;
      return answer.ok ? { ok: true, value: answer.value.key } : answer;
    },
  });
  return createDispatch({ ...far, ...near }, onBug);
}
