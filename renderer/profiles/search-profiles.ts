import type { ProfileStatus } from '../../shared/schema/status.ts';
import { describeSkip } from '../../shared/words/describe-skip.ts';
import { badgeOf } from './profile-badge.ts';

/**
 * The profiles that have every word of the query in their name, a model, their base URL, or what is said of their
 * state. The one that is called so comes first, then those whose name begins so or has it in it; else the order stays.
 */
export function searchProfiles(profiles: readonly ProfileStatus[], query: string): readonly ProfileStatus[] {
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return profiles;
  const found = profiles.filter((profile) => {
    const text = searchedText(profile);
    return words.every((word) => text.includes(word));
  });
  const wanted = words.join(' ');
  return found
    .map((profile) => ({ profile, rank: rankOf(profile.name.toLocaleLowerCase(), wanted) }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ profile }) => profile);
}

function rankOf(name: string, wanted: string): number {
  if (name === wanted) return 0;
  return name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3;
}

function searchedText(profile: ProfileStatus): string {
  const { name, entry, reason } = profile;
  const said = reason === null ? '' : describeSkip(reason, name).why;
  const parts = [name, entry?.baseUrl, entry?.prefix, ...(entry?.models ?? []), badgeOf(profile)?.word, said];
  return parts.join('\n').toLocaleLowerCase();
}
