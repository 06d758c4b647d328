import { type Answer, type Method, METHODS, type MethodInput } from '../../shared/contract.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** One function a method: the types see to it that none is missing. */
export type Handlers = {
  readonly [M in Method]: (input: MethodInput<M>) => Promise<Answer<M>>;
};

/** What a transport hands a call to; it never throws. */
export type Dispatch = (method: string, input: unknown) => Promise<Result<unknown, AppError>>;

/** The one handler of bugs: gets what was thrown, or the paths of an answer that is not as the contract says. */
export type BugListener = (method: Method, bug: unknown) => void;

/**
 * Checks the input, calls the handler, checks the answer; what the contract does not name is left out of it.
 * Errors of its own: `unknown-method`, `bad-input` (with paths, never values), `service-failed` for a bug.
 */
export function createDispatch(handlers: Handlers, onBug: BugListener): Dispatch {
  return async (method, input) => {
    if (!isMethod(method)) return err({ code: 'unknown-method', method: method.slice(0, 64) });
    try {
      return await callOne(handlers, method, input);
    } catch (bug) {
      onBug(method, bug);
      return err({ code: 'service-failed', method });
    }
  };
}

async function callOne(
  handlers: Handlers,
  method: Method,
  input: unknown,
): Promise<Result<unknown, AppError>> {
  const { input: inputSchema, output: outputSchema } = METHODS[method];
  const parsed = inputSchema.safeParse(input ?? {});
  if (!parsed.success) return err({ code: 'bad-input', method, problems: pathsOf(parsed.error.issues) });
  // The schema of the very same method has made it the handler's input.
  const handler = handlers[method] as (input: unknown) => Promise<Result<unknown, AppError>>;
  const answer = await handler(parsed.data);
  if (!answer.ok) return answer;
  const checked = outputSchema.safeParse(answer.value);
  if (checked.success) return ok(checked.data);
  // Without the values: they may be what must not get out.
  throw new Error(`the answer does not fit the contract at ${pathsOf(checked.error.issues).join(', ')}`);
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(METHODS, name);
}

function pathsOf(issues: readonly { readonly path: readonly PropertyKey[] }[]): string[] {
  return [
    ...new Set(issues.map(({ path }) => (path.length === 0 ? 'input' : path.map(String).join('.')))),
  ].slice(0, 10);
}
