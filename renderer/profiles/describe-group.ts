import { assertNever } from '../../shared/result.ts';
import * as m from '../../shared/words/generated/messages.js';
import type { GroupName } from './profile-groups.ts';

/** The head of a group of the list. */
export function describeGroup(group: GroupName): string {
  switch (group) {
    case 'needs-you':
      return m.profiles_group_needs_you();
    case 'for-this-proxy':
      return m.profiles_group_for_this_proxy();
    case 'not-for-this-proxy':
      return m.profiles_group_not_for_this_proxy();
    default:
      return assertNever(group);
  }
}
