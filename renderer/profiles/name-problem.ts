import { checkProfileName } from '../../shared/rules/profile-name.ts';
import { describeError } from '../../shared/words/describe-error.ts';
import * as m from '../../shared/words/generated/messages.js';

/**
 * What is wrong with a name for a profile while it is typed, by the core's own rule; null where nothing is, and for
 * an empty one, which nobody has typed yet. `taken`: the names that are there.
 */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return null;
  const checked = checkProfileName(name);
  if (!checked.ok) return describeError(checked.error).what;
  // File systems may not tell upper case from lower, and CCS's file of a profile has its name.
  const isTaken = taken.some((other) => other.toLowerCase() === name.toLowerCase());
  return isTaken ? m.profiles_problem_taken({ name }) : null;
}

/** This name where it is free, else with the first number that makes it so: `glm`, `glm-2`, `glm-3`. */
export function freeName(name: string, taken: readonly string[]): string {
  const names = new Set(taken.map((other) => other.toLowerCase()));
  const isFree = (candidate: string): boolean => !names.has(candidate.toLowerCase());
  if (isFree(name)) return name;
  let number = 2;
  while (!isFree(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** A free name for a copy, short enough to stay one: `glm-copy`. */
export function copyName(name: string, taken: readonly string[]): string {
  return freeName(`${name.slice(0, 24)}-copy`, taken);
}
