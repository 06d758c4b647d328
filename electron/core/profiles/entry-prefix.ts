/**
 * The prefix of a profile's entry: its name with every character outside `[A-Za-z0-9-_]` replaced by a hyphen,
 * and a hyphen. Null where such a prefix would say nothing or be too long: nothing left, over 64 characters, or
 * no letter or digit.
 */
export function entryPrefix(profile: string): string | null {
  const name = profile.replace(/[^A-Za-z0-9\-_]/gu, '-');
  return name.length > 64 || !/[A-Za-z0-9]/.test(name) ? null : `${name}-`;
}
