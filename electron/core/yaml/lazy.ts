type State<T> = { readonly made: false; readonly make: () => T } | { readonly made: true; readonly value: T };

/** Puts off a computation until its result is first asked for, keeps that, and lets go of what it was made from. */
export function lazy<T>(make: () => T): () => T {
  return ask.bind(null, { state: { made: false, make } }) as () => T;
}

function ask<T>(holder: { state: State<T> }): T {
  if (!holder.state.made) holder.state = { made: true, value: holder.state.make() };
  return holder.state.value;
}
