/** One credential of a configuration, by what clients may ask of it without a prefix. */
export interface BareNames {
  /** The profile whose entry this is; null for an entry of others. */
  readonly profile: string | null;
  readonly prefix: string;
  /** 0 for an entry that is yet to be written. */
  readonly line: number;
  /** Aliases, or names where there is no alias. Empty: CLIProxyAPI registers its built-in Claude names. */
  readonly names: readonly string[];
}

/** A bare name that several credentials serve: requests for it are spread over them. */
export interface SharedName {
  readonly name: string;
  readonly credentials: readonly BareNames[];
  /** Whether another section of the file serves it too. */
  readonly elsewhere: boolean;
}

/** Stands for the Claude names that an entry without models registers (15 in CLIProxyAPI 7.2.99). */
export const BUILT_IN_NAMES = 'claude-*';

/** Whether an entry with these names serves this one. */
export function serves(names: readonly string[], name: string): boolean {
  return names.length === 0 ? isBuiltIn(name) : names.includes(name);
}

function isBuiltIn(name: string): boolean {
  return name.startsWith('claude-');
}

/**
 * Finds the bare names that more than one credential serves. A request for such a name goes to each of them in
 * turn (seen on the real server), so a user's own Claude login may silently share its requests with a profile.
 */
export function sharedBareNames(
  credentials: readonly BareNames[],
  otherModelNames: ReadonlySet<string>,
): readonly SharedName[] {
  const byName = new Map<string, BareNames[]>();
  const builtIn = credentials.filter((one) => one.names.length === 0);
  for (const credential of credentials) {
    for (const name of new Set(credential.names)) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [credential]);
      else list.push(credential);
    }
  }
  const shared: SharedName[] = [];
  for (const [name, own] of byName) {
    const all = builtIn.length > 0 && isBuiltIn(name) ? [...own, ...builtIn] : own;
    const elsewhere = otherModelNames.has(name) || (isBuiltIn(name) && otherModelNames.has(BUILT_IN_NAMES));
    if (all.length > 1 || elsewhere) shared.push({ name, credentials: all, elsewhere });
  }
  const claudeElsewhere = builtIn.length > 0 && [...otherModelNames].some(isBuiltIn);
  if (builtIn.length > 1 || claudeElsewhere) {
    shared.push({ name: BUILT_IN_NAMES, credentials: builtIn, elsewhere: claudeElsewhere });
  }
  return shared;
}
