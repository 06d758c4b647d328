import { checkProfileName } from '../../shared/rules/profile-name.ts';
import type { ProfileStatus } from '../../shared/schema/status.ts';

/** Whether CCS, which does not list this profile yet, would take it: the core refuses every other by the same rule. */
export function canRegister({ name, registered, reason }: ProfileStatus): boolean {
  if (registered || !checkProfileName(name).ok) return false;
  switch (reason?.code) {
    // Claude's own settings, CCS's own files, and what leads back to the proxy are no profiles to be had in CCS.
    case 'default-login':
    case 'ccs-internal':
    case 'proxy-loop':
      return false;
    default:
      return true;
  }
}
