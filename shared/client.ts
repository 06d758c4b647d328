import type { Answer, EventName, EventPayload, Method, MethodInput } from './contract.ts';
import type { AppError } from './errors.ts';
import type { Result } from './result.ts';

/**
 * Carries calls to a service: a socket, HTTP, Electron's IPC. The service has checked what it answers; a transport
 * turns the loss of its connection into the error `service-gone`, and never throws for it.
 */
export interface Transport {
  call(method: string, input: unknown): Promise<Result<unknown, AppError>>;
  /** Gives the present value at once. Returns how to stop. */
  subscribe(event: string, listener: (payload: unknown) => void): () => void;
}

/** The contract as functions. */
export interface Client {
  call<M extends Method>(method: M, input: MethodInput<M>): Promise<Answer<M>>;
  subscribe<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
}

/**
 * Gives a transport the contract's types. Both sides are of one version (the transports see to that), and the
 * service checks inputs and answers, so nothing is checked twice here; that keeps zod out of a client's start.
 */
export function createClient(transport: Transport): Client {
  return {
    call: async <M extends Method>(method: M, input: MethodInput<M>) =>
      (await transport.call(method, input)) as Answer<M>,
    subscribe: <E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void) =>
      transport.subscribe(event, (payload) => listener(payload as EventPayload<E>)),
  };
}
